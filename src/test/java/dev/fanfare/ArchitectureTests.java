package dev.fanfare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ArchitectureTests {

	private static final Pattern DOCUMENTED = Pattern.compile("^/\\*\\*\\s+(?:\\* )?[A-Z].*?[.]\\s*\\*/.*",
			Pattern.DOTALL);

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Path TEST_SOURCES = Path.of("src/test/java");

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void theHouseKeepsTheRule(String name, Function<ArchitectureRules, ArchRule> rule, String fixture) {
		JavaClasses house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.fanfare");

		ArchRule kept = rule.apply(new ArchitectureRules("dev.fanfare"));

		assertThat(house).hasSizeGreaterThan(50);
		kept.check(house);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void theFixtureBreaksTheRule(String name, Function<ArchitectureRules, ArchRule> rule, String fixture) {
		JavaClasses broken = new ClassFileImporter().importPackages(fixture);

		ArchRule kept = rule.apply(new ArchitectureRules(fixture));

		assertThat(broken).isNotEmpty();
		assertThat(kept.evaluate(broken).hasViolation()).isTrue();
	}

	static Stream<Arguments> rules() {
		return Stream.of(rule("wire", ArchitectureRules::noWireBelowTheEdges),
				rule("door", ArchitectureRules::onlySecurityKnowsHowCallersAreFound),
				rule("jdk", ArchitectureRules::topicsKnowTheJdkAlone),
				rule("line", ArchitectureRules::nobodyLooksUpTheLine),
				rule("edges", ArchitectureRules::edgesKnowNeitherEachOtherNorTheEngine),
				rule("demos", ArchitectureRules::demosUseWhatAnyApplicationMay),
				rule("demos.engine", ArchitectureRules::demosUseWhatAnyApplicationMay),
				rule("cycle", ArchitectureRules::noPackageCycles),
				rule("unmarked", ArchitectureRules::everyPackageIsNullMarked),
				rule("injected", ArchitectureRules::noFieldIsInjected),
				rule("printing", ArchitectureRules::nobodyPrints));
	}

	private static Arguments rule(String name, Function<ArchitectureRules, ArchRule> rule) {
		return arguments(name, rule, "fixtures." + name);
	}

	@Test
	void theModulesKeepToWhatTheyDeclare() {
		ApplicationModules modules = ApplicationModules.of(FanfareApplication.class);

		assertThat(modules.stream()).hasSizeGreaterThan(6);
		modules.verify();
	}

	@Test
	void aModuleThatDoesNotIsFound() {
		ApplicationModules modules = ApplicationModules.of("fixtures.modules", new ImportOption.OnlyIncludeTests());

		assertThatExceptionOfType(Violations.class).isThrownBy(modules::verify).withMessageContaining("closed");
	}

	@Test
	void everyPackageSaysWhatItIsInOneSentence() throws IOException {
		List<Path> packages = packagesIn(SOURCES);

		assertThat(packages).hasSizeGreaterThan(8).allMatch(ArchitectureTests::isOneSentence);
	}

	@Test
	void aPackageThatSaysMoreOrNothingIsFound() {
		assertThat(isOneSentence(TEST_SOURCES.resolve("fixtures/undocumented"))).isFalse();
		assertThat(isOneSentence(TEST_SOURCES.resolve("fixtures/unmarked"))).isFalse();
	}

	private static List<Path> packagesIn(Path sources) throws IOException {
		try (Stream<Path> files = Files.walk(sources)) {
			return files.filter((file) -> file.toString().endsWith(".java")).map(Path::getParent).distinct().toList();
		}
	}

	private static boolean isOneSentence(Path directory) {
		Path description = directory.resolve("package-info.java");
		try {
			return Files.exists(description) && isOneSentence(Files.readString(description));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isOneSentence(String source) {
		if (!DOCUMENTED.matcher(source).matches()) {
			return false;
		}
		String comment = source.substring(3, source.indexOf("*/")).replaceAll("\\s*\\*\\s*", " ").strip();
		return !comment.contains("<p>") && comment.indexOf(". ") < 0 && comment.endsWith(".");
	}

}
