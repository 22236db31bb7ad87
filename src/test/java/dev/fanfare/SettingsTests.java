package dev.fanfare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compare the settings in application.yml with those that the code binds.
 * <p>
 * What is written there is what holds without the file, so leaving a line out changes
 * nothing.
 */
class SettingsTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	@Test
	void eachSettingIsInTheFileWithItsDefaultAndNoOther() throws Exception {
		Map<String, String> written = written();

		Map<String, String> bound = bound();

		assertThat(written).isNotEmpty();
		assertThat(written.keySet()).as("settings in application.yml, compared with the properties records")
			.containsExactlyInAnyOrderElementsOf(bound.keySet());
		assertThat(written).as("defaults in application.yml, compared with the properties records").isEqualTo(bound);
	}

	private static Map<String, String> written() throws IOException {
		var file = new FileSystemResource(Path.of("application.yml"));
		var source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader().load("settings", file).getFirst();
		Map<String, String> written = new TreeMap<>();
		for (String name : source.getPropertyNames()) {
			// The topics' rules are a list, which TopicRulesReaderTests compares.
			if (name.startsWith("fanfare.") && !name.startsWith("fanfare.topics")) {
				written.put(name, String.valueOf(source.getProperty(name)));
			}
		}
		return written;
	}

	private static Map<String, String> bound() throws IOException {
		JsonNode metadata;
		try (var bytes = new ClassPathResource(METADATA).getInputStream()) {
			metadata = JsonMapper.shared().readTree(bytes);
		}
		return StreamSupport.stream(metadata.get("properties").spliterator(), false)
			.filter((property) -> property.get("name").asString().startsWith("fanfare."))
			.collect(Collectors.toMap((property) -> property.get("name").asString(), SettingsTests::defaultValue,
					(one, other) -> one, TreeMap::new));
	}

	// A list that is empty by default has no value there.
	private static String defaultValue(JsonNode property) {
		JsonNode value = property.get("defaultValue");
		return (value != null) ? value.asString() : "";
	}

}
