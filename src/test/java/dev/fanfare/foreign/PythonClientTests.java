package dev.fanfare.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Python can do all that STOMP can, with a WebSocket and frames written by hand. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.stomp.heartbeat=500ms")
class PythonClientTests {

	private static final Path SCRIPT = Path.of("src/test/python/stomp_client_test.py");

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@MethodSource("tests")
	void eachTestInPythonPasses(String test) throws Exception {
		String python = output(new ProcessBuilder("bin/python-for-tests")).strip();
		ProcessBuilder command = new ProcessBuilder(python, "-B", SCRIPT.toString(), "StompClientTest." + test);
		command.environment().put("FANFARE_URL", "ws://localhost:%d/ws".formatted(this.port));

		assertThat(output(command)).contains("Ran 1 test").endsWith("\nOK\n");
	}

	static List<String> tests() throws IOException {
		return Pattern.compile("async def (test_\\w+)")
			.matcher(Files.readString(SCRIPT))
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

	private static String output(ProcessBuilder command) throws IOException, InterruptedException {
		Process process = command.redirectErrorStream(true).start();
		boolean ended = process.waitFor(2, TimeUnit.MINUTES);
		process.toHandle().destroyForcibly();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(ended).as(output).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
