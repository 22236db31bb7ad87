package dev.fanfare.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every library that is shipped has been looked at, and is the one that was.
 * <p>
 * The list is {@code src/test/resources/supply/libraries.tsv}: the library with its
 * version, its licences, the SHA-256 of its jar, and what it is for or which library
 * brings it. Nothing here asks the network.
 */
class DependencyTests {

	private static final Path REVIEWED = Path.of("src/test/resources/supply/libraries.tsv");

	private static final Path FOUND = Path.of("target/supply/libraries.tsv");

	/** Of several licences that a library offers, one of these is taken. */
	private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"EPL-1.0", "EPL-2.0", "CC0-1.0", "0BSD", "ISC", "MPL-2.0");

	private static final Pattern EXACT = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?");

	private static final Pattern LOOSE = Pattern
		.compile("<version>[^<]*([\\[(,]|LATEST|RELEASE<|-SNAPSHOT)[^<]*</version>");

	@Test
	void whatIsInTheJarWasLookedAt() throws IOException {
		List<String> shipped = shipped();
		Files.createDirectories(FOUND.getParent());
		Files.write(FOUND, shipped);

		assertThat(notLookedAt(shipped))
			.as("libraries of the jar that are not in %s, or another one there; look at them, and copy their lines from %s",
					REVIEWED, FOUND)
			.isEmpty();
	}

	@Test
	void whatIsNoLongerInTheJarIsNotListed() throws IOException {
		assertThat(reviewed()).isNotEmpty().isSubsetOf(shipped());
	}

	@Test
	void aChangedLibraryIsFound() throws IOException {
		String library = reviewed().getFirst();
		String checksum = library.substring(library.lastIndexOf('\t') + 1);

		assertThat(notLookedAt(List.of(library))).isEmpty();
		assertThat(notLookedAt(List.of(library.replace(checksum, checksum.replaceAll("^.", "g"))))).hasSize(1);
		assertThat(notLookedAt(List.of(library.replaceFirst("(?<=:)[0-9]", "99")))).hasSize(1);
	}

	@Test
	void eachSaysWhatItIsFor() throws IOException {
		assertThat(Files.readAllLines(REVIEWED)).allSatisfy((line) -> {
			String[] cells = line.split("\t", -1);
			assertThat(cells).as(line).hasSize(4);
			assertThat(cells[1].split(" or ")).as(line).containsAnyElementsOf(LICENCES);
			assertThat(cells[2]).as(line).matches("[0-9a-f]{64}");
			assertThat(cells[3]).as(line).isNotBlank();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "frontend", "bench/peers/node" })
	void npmPackagesArePinnedAndCheckedAndRunNothing(String folder) throws IOException {
		JsonNode root = json(Path.of(folder, "package.json"));
		for (String kind : List.of("dependencies", "devDependencies")) {
			root.path(kind).properties().forEach((each) -> assertThat(each.getValue().asString()).matches(EXACT));
		}
		var packages = json(Path.of(folder, "package-lock.json")).path("packages").properties();

		assertThat(packages).hasSizeGreaterThan(10);
		packages.stream().filter((each) -> !each.getKey().isEmpty()).forEach((each) -> {
			JsonNode item = each.getValue();
			assertThat(item.path("version").asString("")).as(each.getKey()).matches(EXACT);
			assertThat(item.path("integrity").asString("")).as(each.getKey()).startsWith("sha512-");
			assertThat(item.path("resolved").asString("")).as(each.getKey()).isEmpty();
			assertThat(LICENCES).as(each.getKey()).contains(item.path("license").asString(""));
			assertThat(item.has("hasInstallScript")).as(each.getKey()).isFalse();
		});
	}

	@Test
	void theBuildRefusesWhatIsNotPinned() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		// The JDK that builds is looked for, not fetched: any of its updates will do.
		String dependencies = pom.substring(pom.indexOf("<properties>")).replace("<version>[25,26)</version>", "");

		assertThat(pom).contains("<banDynamicVersions/>", "<requirePluginVersions>", "<requireUpperBoundDeps>");
		assertThat(dependencies).doesNotContainPattern(LOOSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1,2)", "(,2]", "LATEST", "1.0-SNAPSHOT" })
	void aLooseVersionIsFound(String version) {
		assertThat("<version>%s</version>".formatted(version)).containsPattern(LOOSE);
	}

	/** Return the libraries in the jar: name and version, licences, checksum. */
	private static List<String> shipped() throws IOException {
		JsonNode sbom;
		try (var bytes = new ClassPathResource("META-INF/sbom/application.cdx.json").getInputStream()) {
			sbom = JsonMapper.shared().readTree(bytes);
		}
		return sbom.path("components").valueStream().map(DependencyTests::line).sorted().toList();
	}

	private static String line(JsonNode library) {
		String name = String.join(":", library.path("group").asString(""), library.path("name").asString(""),
				library.path("version").asString(""));
		List<String> licences = library.path("licenses")
			.valueStream()
			.map((each) -> each.has("expression") ? each.path("expression").asString("")
					: each.path("license").path("id").asString(each.path("license").path("name").asString("")))
			.sorted()
			.toList();
		String checksum = library.path("hashes")
			.valueStream()
			.filter((hash) -> hash.path("alg").asString("").equals("SHA-256"))
			.map((hash) -> hash.path("content").asString(""))
			.findFirst()
			.orElse("");
		return String.join("\t", name, String.join(" or ", licences), checksum);
	}

	private static List<String> notLookedAt(List<String> shipped) throws IOException {
		List<String> rest = new ArrayList<>(shipped);
		rest.removeAll(reviewed());
		return rest;
	}

	/** Return the list without its last column. */
	private static List<String> reviewed() throws IOException {
		return Files.readAllLines(REVIEWED).stream().map((line) -> line.substring(0, line.lastIndexOf('\t'))).toList();
	}

	private static JsonNode json(Path file) throws IOException {
		return JsonMapper.shared().readTree(Files.readString(file));
	}

}
