package dev.fanfare.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the documents lead to is there: files, headings, settings. */
class DocumentationTests {

	private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern SETTING = Pattern.compile("`(fanfare\\.[a-z0-9.-]+[a-z0-9])`");

	@ParameterizedTest
	@MethodSource("documents")
	void everyLinkLeadsSomewhere(Path document) throws IOException {
		assertThat(links(document)).filteredOn((link) -> !link.leadsSomewhere()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everySettingIsOne(Path document) throws IOException {
		Set<String> settings = settings();
		assertThat(settings).contains("fanfare.stomp.heartbeat", "fanfare.topics", "fanfare.access.token.secret");
		assertThat(SETTING.matcher(Files.readString(document)).results().map((found) -> found.group(1)))
			// Names of metrics look like settings, and are of no group of settings.
			.filteredOn((name) -> settings.contains(name.split("\\.")[0] + "." + name.split("\\.")[1]))
			.filteredOn((setting) -> !settings.contains(setting))
			.isEmpty();
	}

	@Test
	void everyGuideIsInTheIndex() throws IOException {
		Set<String> linked = links(Path.of("README.md")).stream()
			.map((link) -> link.file().toString())
			.collect(Collectors.toSet());
		try (Stream<Path> guides = Files.list(Path.of("docs"))) {
			assertThat(guides.map(Path::toString).filter((name) -> name.endsWith(".md"))).isNotEmpty()
				.allSatisfy((guide) -> assertThat(linked).contains(guide));
		}
	}

	@ParameterizedTest
	@CsvSource({ "6. Run it,6-run-it", "From Socket.IO,from-socketio", "A token's life,a-tokens-life",
			"The `selector` header,the-selector-header" })
	void headingsHaveTheAnchorsThatGitHubGivesThem(String heading, String anchor) {
		assertThat(anchor(heading)).isEqualTo(anchor);
	}

	static List<Path> documents() throws IOException {
		try (Stream<Path> docs = Files.walk(Path.of("docs")); Stream<Path> top = Files.list(Path.of(""))) {
			return Stream.concat(docs, top).filter((file) -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	private static List<Link> links(Path document) throws IOException {
		String text = FENCED.matcher(Files.readString(document)).replaceAll("");
		Path folder = Optional.ofNullable(document.getParent()).orElse(Path.of(""));
		return LINK.matcher(text)
			.results()
			.map((link) -> new Link(link.group(1).isEmpty() ? document : folder.resolve(link.group(1)).normalize(),
					Optional.ofNullable(link.group(2))))
			.toList();
	}

	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT)
			.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.replace(' ', '-');
	}

	/** Return the settings that there are, and what they are parts of. */
	private static Set<String> settings() throws IOException {
		Set<String> names = new TreeSet<>();
		for (var source : new YamlPropertySourceLoader().load("settings", new FileSystemResource("application.yml"))) {
			for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				String whole = name.replaceAll("\\[\\d+\\].*", "");
				for (int end = whole.length(); end > 0; end = whole.lastIndexOf('.', end - 1)) {
					names.add(whole.substring(0, end));
				}
			}
		}
		return names;
	}

	private record Link(Path file, Optional<String> heading) {

		boolean leadsSomewhere() {
			return Files.exists(this.file) && this.heading.map(this::has).orElse(true);
		}

		private boolean has(String anchor) {
			try {
				String text = FENCED.matcher(Files.readString(this.file)).replaceAll("");
				return HEADING.matcher(text).results().anyMatch((found) -> anchor(found.group(1)).equals(anchor));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
