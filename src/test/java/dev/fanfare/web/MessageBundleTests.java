package dev.fanfare.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageBundleTests {

	private static final String ENGLISH = "messages.properties";

	private static final String CHINESE = "messages_zh.properties";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	@Test
	void bothLanguagesHaveTheSameKeys() throws IOException {
		assertThat(bundle(CHINESE).stringPropertyNames()).isEqualTo(bundle(ENGLISH).stringPropertyNames());
	}

	@Test
	void bothLanguagesFillInTheSamePlaces() throws IOException {
		assertThat(placeholders(bundle(CHINESE))).isEqualTo(placeholders(bundle(ENGLISH)));
	}

	@ParameterizedTest
	@ValueSource(strings = { ENGLISH, CHINESE })
	void noTextIsEmpty(String name) throws IOException {
		assertThat(bundle(name)).isNotEmpty().allSatisfy((key, text) -> assertThat((String) text).isNotBlank());
	}

	private static Properties bundle(String name) throws IOException {
		var bundle = new Properties();
		try (var reader = new InputStreamReader(new ClassPathResource(name).getInputStream(), StandardCharsets.UTF_8)) {
			bundle.load(reader);
		}
		return bundle;
	}

	private static TreeMap<String, TreeSet<String>> placeholders(Properties bundle) {
		var places = new TreeMap<String, TreeSet<String>>();
		bundle.forEach((key, text) -> places.put((String) key,
				PLACEHOLDER.matcher((String) text)
					.results()
					.map(MatchResult::group)
					.collect(TreeSet::new, TreeSet::add, TreeSet::addAll)));
		return places;
	}

}
