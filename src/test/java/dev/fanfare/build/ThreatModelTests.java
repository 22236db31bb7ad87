package dev.fanfare.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each attack of the threat model has a test that is there. */
class ThreatModelTests {

	private static final Pattern REFERENCE = Pattern.compile("`([A-Z]\\w+|[\\w-]+\\.spec\\.ts)#([^`]+)`");

	@Test
	void eachAttackIsTriedByTestsThatExist() throws IOException {
		List<String> attacks = attacks();

		assertThat(attacks).hasSizeGreaterThan(25).allSatisfy((attack) -> {
			List<MatchResult> tests = REFERENCE.matcher(attack).results().toList();
			assertThat(tests).as("tests of: %s", attack).isNotEmpty();
			assertThat(tests).allMatch((test) -> exists(test.group(1), test.group(2)), "is a test that exists");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ThreatModelTests#nothingOfTheKind", "NoSuchTests#x", "origins.spec.ts#no such title",
			"none.spec.ts#x", "ThreatModelTests#exists" })
	void aTestThatIsNotThereIsFound(String reference) {
		String[] parts = reference.split("#");

		assertThat(exists(parts[0], parts[1])).isFalse();
	}

	/** Return the rows of the tables whose last column says what tries an attack. */
	private static List<String> attacks() throws IOException {
		List<String> lines = Files.readAllLines(Path.of("docs/threat-model.md"));
		return lines.stream().filter((line) -> line.startsWith("| ") && !line.startsWith("| attack | ")).toList();
	}

	private static boolean exists(String file, String test) {
		return file.endsWith(".ts") ? contains(Path.of("frontend/tests"), file, Pattern.quote(test))
				: contains(Path.of("src/test/java"), file + ".java", "\\bvoid " + Pattern.quote(test) + "\\(");
	}

	private static boolean contains(Path folder, String name, String pattern) {
		try (Stream<Path> files = Files.walk(folder)) {
			List<Path> found = files.filter((file) -> file.endsWith(name)).toList();
			return found.size() == 1 && Pattern.compile(pattern).matcher(Files.readString(found.getFirst())).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
