package dev.fanfare.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** See that {@code bin/python-for-tests} finds a Python that has what the tests need. */
class PythonForTestsTests {

	private static final Path SCRIPT = Path.of("bin/python-for-tests").toAbsolutePath();

	@TempDir
	private Path folder;

	@Test
	void theOneThatIsNamedComesFirst() throws Exception {
		Path named = Shell.executable(this.folder.resolve("named/python"), "");

		Shell.Result result = shell(named.toString()).withScript("python3", "").run(this.folder, SCRIPT);

		assertThat(result.output()).isEqualTo(named + "\n");
	}

	@Test
	void theOneOnThePathIsTaken() throws Exception {
		Shell.Result result = shell("").withScript("python3", "").run(this.folder, SCRIPT);

		assertThat(result.output()).isEqualTo(this.folder.resolve("tools/python3") + "\n");
	}

	@Test
	void oneWithoutTheModuleIsPassedOver() throws Exception {
		Path named = Shell.executable(this.folder.resolve("named/python"), "exit 1");

		Shell.Result result = shell(named.toString()).withScript("python3", "").run(this.folder, SCRIPT);

		assertThat(result.output()).isEqualTo(this.folder.resolve("tools/python3") + "\n");
	}

	@Test
	void whereThereIsNoneItSaysWhatToInstall() throws Exception {
		Path scriptOfNoSystem = Shell.executable(this.folder.resolve("python-for-tests"),
				Files.readString(SCRIPT).replace("/usr/bin/python3", "/nowhere/python3"));

		Shell.Result result = shell("").run(this.folder, scriptOfNoSystem);

		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.output()).contains("apt-get install python3-websockets");
	}

	private Shell shell(String python) throws Exception {
		return new Shell(this.folder.resolve("tools"), Map.of("PYTHON", python)).with("sh", "cat");
	}

}
