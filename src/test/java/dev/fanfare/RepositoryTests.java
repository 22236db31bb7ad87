package dev.fanfare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Look through every tracked file for what ties the project to one place.
 * <p>
 * Where packages come from is for each user's own settings to say, and a path of one
 * machine means nothing on another.
 */
class RepositoryTests {

	// Written in pieces, so that this file does not name what it looks for.
	private static final List<Pattern> REGISTRIES = Stream
		.of("repo1?[.]" + "maven", "maven[.]org/" + "maven2", "central[.]" + "sonatype", "oss[.]" + "sonatype",
				"registry[.]" + "(npmjs|yarnpkg)", "(deb|security)[.]" + "debian[.]org", "archive[.]" + "ubuntu",
				"pypi[.]" + "org", "proxy[.]" + "golang")
		.map((host) -> Pattern.compile(host, Pattern.CASE_INSENSITIVE))
		.toList();

	private static final List<Pattern> MACHINE_PATHS = Stream
		.of("work/", "farm/", "root/", "home/[a-z][a-z0-9_-]*/", "Users/[A-Za-z][A-Za-z0-9_-]*/")
		.map((path) -> Pattern.compile("(?<![\\w.~*$})\\]-])/" + path))
		.toList();

	@TempDir
	private Path folder;

	@Test
	void noTrackedFileNamesAPackageRegistryOrAPathOfOneMachine() throws Exception {
		assertThat(trackedFiles()).as("tracked files").contains(Path.of("pom.xml"));
		assertThat(trackedFiles().flatMap(RepositoryTests::findings)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://repo1." + "maven.org/x", "https://repo." + "maven.apache.org/x",
			"\"resolved\": \"https://registry." + "npmjs.org/x\"", "deb http://deb." + "debian.org/debian stable main",
			"https://Central." + "Sonatype.com", "cd /" + "work/fanfare", "COPY /" + "root/.m2 .",
			"file:/" + "home/anna/x", "\"/" + "Users/anna/x\"" })
	void whatIsForbiddenIsFound(String line) throws Exception {
		Path file = Files.writeString(this.folder.resolve("fixture"), "harmless\n" + line + "\n");

		assertThat(findings(file)).singleElement().asString().startsWith(file + ":2: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://archive.apache.org/dist/maven", "http://maven.apache.org/POM/4.0.0",
			"~/.m2/wrapper", "src/" + "work/file", "$HOME/" + "root/x", "/usr/lib/jvm", "redis:7-alpine",
			"apt-get install docker.io" })
	void whatIsHarmlessIsNot(String line) throws Exception {
		Path file = Files.writeString(this.folder.resolve("fixture"), line);

		assertThat(findings(file)).isEmpty();
	}

	private static Stream<Path> trackedFiles() throws IOException, InterruptedException {
		Process git = new ProcessBuilder("git", "ls-files", "-z").redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(git.waitFor()).as("exit code of git ls-files").isZero();
		// Deleted but not yet committed is still tracked.
		return Pattern.compile("\0").splitAsStream(names).map(Path::of).filter(Files::isRegularFile);
	}

	private static Stream<String> findings(Path file) {
		List<String> lines = lines(file);
		return IntStream.range(0, lines.size())
			.filter((number) -> isForbidden(lines.get(number)))
			.mapToObj((number) -> "%s:%d: %s".formatted(file, number + 1, lines.get(number).strip()));
	}

	private static boolean isForbidden(String line) {
		return Stream.concat(REGISTRIES.stream(), MACHINE_PATHS.stream())
			.anyMatch((forbidden) -> forbidden.matcher(line).find());
	}

	private static List<String> lines(Path file) {
		try {
			// Bytes as they are: a picture is searched like a text.
			return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
