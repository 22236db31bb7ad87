package dev.fanfare.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * See that {@code bin/test} sums up what ran, and is only content when something ran and
 * nothing failed.
 */
class TestCommandTests {

	private static final String SUITE = """
			<?xml version="1.0"?>
			<testsuite xmlns="x" name="S &quot; tests=" tests="%d" errors="%d" skipped="%d" failures="%d">
			<system-out><![CDATA[<testsuite tests="100" failures="7">]]></system-out>
			</testsuite>
			""";

	private static final String VITEST = """
			<testsuites name="vitest tests" tests="3" failures="1" errors="0" time="0.1">
				<testsuite name="a.test.ts" tests="2" failures="0" errors="0" skipped="0"><testcase name="1 > 2"/></testsuite>
				<testsuite
					name="b.test.ts" tests="1" failures="1" errors="0" skipped="0"/>
			</testsuites>
			""";

	@TempDir
	private Path project;

	@BeforeEach
	void aProjectWithAllItNeeds() throws IOException {
		Files.createDirectories(this.project.resolve("bin"));
		Files.copy(Path.of("bin/test"), this.project.resolve("bin/test"));
		Shell.executable(this.project.resolve("bin/jdk-home"), "echo /jdk");
		Shell.executable(this.project.resolve("bin/python-for-tests"), "echo python3");
		Shell.executable(this.project.resolve("bin/docker-for-tests"), "exec \"$@\"");
		mavenEndsWith(0);
	}

	@Test
	void theLastLineIsTheSumOverAllRunners() throws Exception {
		mavenWrites("surefire-reports/TEST-a.xml", SUITE.formatted(4, 0, 0, 0));
		mavenWrites("failsafe-reports/TEST-b.xml", SUITE.formatted(2, 0, 0, 0));
		mavenWrites("failsafe-reports/failsafe-summary.xml", "<failsafe-summary><completed>2</completed>");
		mavenWrites("frontend-reports/vitest.xml", VITEST.replace("failures=\"1\"", "failures=\"0\""));

		Shell.Result result = test(Map.of("CI", "true"), "-Dtest=two words");

		assertThat(result.output()).contains("maven -B -ntp verify -Dtest=two words\n")
			.endsWith("\n9 passed, 0 failed\n");
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void aFailureAnErrorAndAFailedMavenAreFailures() throws Exception {
		mavenWrites("surefire-reports/TEST-a.xml", SUITE.formatted(4, 1, 0, 1));
		mavenWrites("frontend-reports/vitest.xml", VITEST);
		mavenEndsWith(3);

		Shell.Result result = test(Map.of());

		assertThat(result.output()).endsWith("\n4 passed, 3 failed\n");
		assertThat(result.exitCode()).isEqualTo(3);
	}

	@Test
	void aFailureCountsEvenIfMavenDidNotMind() throws Exception {
		mavenWrites("frontend-reports/vitest.xml", VITEST);

		assertThat(test(Map.of()).exitCode()).isEqualTo(1);
	}

	@Test
	void aFailedMavenCountsEvenIfNoTestFailed() throws Exception {
		mavenWrites("surefire-reports/TEST-a.xml", SUITE.formatted(1, 0, 0, 0));
		mavenEndsWith(1);

		Shell.Result result = test(Map.of());

		assertThat(result.output()).endsWith("\n1 passed, 0 failed\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void skippingIsTolerableExceptInCi() throws Exception {
		mavenWrites("surefire-reports/TEST-a.xml", SUITE.formatted(5, 0, 2, 0));

		assertThat(test(Map.of()).exitCode()).isZero();
		assertThat(test(Map.of()).output()).endsWith("\n3 passed, 0 failed, 2 skipped\n");
		assertThat(test(Map.of("CI", "true")).exitCode()).isEqualTo(1);
	}

	@Test
	void reportsOfAnEarlierRunDoNotCountAndNoTestIsAFailure() throws Exception {
		Path stale = this.project.resolve("target/surefire-reports/TEST-stale.xml");
		Files.createDirectories(stale.getParent());
		Files.writeString(stale, SUITE.formatted(9, 0, 0, 0));

		Shell.Result result = test(Map.of());

		assertThat(result.output()).contains("no test ran").endsWith("\n0 passed, 0 failed\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void whatCannotBeInstalledIsNamed() throws Exception {
		Shell bare = shell("bare", Map.of());
		thereIsNoPython();

		assertThat(bare.run(this.project, "bin/test").output()).contains("MISSING: Node.js 20.19", "MISSING: Chromium",
				"MISSING: Python 3 with the module websockets", "MISSING: Docker");
	}

	@Test
	void whatIsMissingIsInstalledAndNothingElse() throws Exception {
		thereIsNoPython();
		Shell shell = complete(Map.of()).with("env", "mktemp")
			.withScript("id", "echo 0")
			.withScript("apt-get", "echo \"$@\" >>installed\n"
					+ "[ \"$1\" = update ] || printf '#!/bin/sh\\necho python3\\n' >bin/python-for-tests\n");

		Shell.Result result = shell.run(this.project, "bin/test");

		assertThat(result.output()).contains("bin/test: installing python3-websockets\n").doesNotContain("MISSING");
		assertThat(this.project.resolve("installed")).hasContent("""
				update -qq
				install -y -qq --no-install-recommends python3-websockets
				""");
	}

	private Shell.Result test(Map<String, String> environment, String... arguments) throws Exception {
		String[] command = new String[arguments.length + 1];
		command[0] = "bin/test";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		return complete(environment).run(this.project, (Object[]) command);
	}

	private Shell complete(Map<String, String> environment) throws IOException {
		Shell shell = shell("tools", environment);
		for (String name : new String[] { "node", "npm", "chromium", "docker", "mvn", "flock", "mmdebstrap" }) {
			shell.withScript(name, "");
		}
		return shell;
	}

	private Shell shell(String folder, Map<String, String> environment) throws IOException {
		return new Shell(this.project.resolve(folder), environment).with("sh", "dirname", "rm", "cat", "awk", "id",
				"tr", "ls", "mkdir", "cp");
	}

	private void thereIsNoPython() throws IOException {
		Shell.executable(this.project.resolve("bin/python-for-tests"), "exit 1");
	}

	private void mavenWrites(String report, String content) throws IOException {
		Path file = this.project.resolve("written").resolve(report);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	private void mavenEndsWith(int code) throws IOException {
		Shell.executable(this.project.resolve("mvnw"),
				"echo maven \"$@\"\nmkdir -p target\n[ ! -d written ] || cp -R written/. target/\nexit %d"
					.formatted(code));
	}

}
