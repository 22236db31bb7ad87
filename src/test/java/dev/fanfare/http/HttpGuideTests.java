package dev.fanfare.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.fanfare.guides.GuideServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/http.md work as they stand, and none is missing. */
@GuideServer
class HttpGuideTests {

	private static final Pattern BLOCK = Pattern.compile("```(sh|json|text)\n(.*?)```\n", Pattern.DOTALL);

	private static final Pattern REQUEST = Pattern.compile("\\[`([A-Z]+) (/api/\\S+)`\\]");

	private static final Pattern EPOCH = Pattern.compile("\\b([0-9a-f]{8})(?=:\\d)");

	private static final Pattern TIMESTAMP = Pattern.compile("(?<=[tT]imestamp\"?: ?)\\d{13}");

	/** What the guide writes for the epochs, in the order in which they come. */
	private static final List<String> WRITTEN = List.of("5f1c09aa", "c4d0b71e");

	private static final String TIME = "1785578400000";

	private final Set<String> epochs = new LinkedHashSet<>();

	@Test
	void theExamplesAnswerWhatTheGuideSays(@LocalServerPort int port) throws Exception {
		List<String> answers = new ArrayList<>();
		for (Block block : blocks()) {
			if (block.language().equals("sh")) {
				assertThat(answers).as("answers that the guide does not show").isEmpty();
				answers.addAll(run(block.text().replace("localhost:8080", "localhost:" + port)));
			}
			else {
				String answer = answers.removeFirst();
				compare(block, answer);
			}
		}

		assertThat(this.epochs).hasSize(2);
	}

	@Test
	void theGuideHasWhatTheDescriptionHas(@LocalServerPort int port) throws Exception {
		JsonNode description = new HttpAsker(port).get("/api/docs").json();

		Set<String> described = new TreeSet<>();
		for (var path : description.path("paths").properties()) {
			path.getValue()
				.propertyNames()
				.forEach((method) -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
		}

		assertThat(guide()).contains("## ");
		Set<String> written = new TreeSet<>();
		REQUEST.matcher(guide()).results().forEach((request) -> written.add(request.group(1) + " " + request.group(2)));
		described.removeIf((request) -> !request.contains(" /api/"));
		assertThat(written).isEqualTo(described);
	}

	/**
	 * Run the commands, one per line that begins with curl, and return what each says.
	 */
	private List<String> run(String script) throws IOException, InterruptedException {
		List<String> answers = new ArrayList<>();
		for (String command : script.split("\n(?=curl )")) {
			ProcessBuilder shell = new ProcessBuilder("sh", "-euc", actual(command)).redirectErrorStream(true);
			shell.environment().put("KEY", GuideServer.KEY);
			Process process = shell.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(output).isZero();
			EPOCH.matcher(output)
				.results()
				.map((epoch) -> epoch.group(1))
				.filter((epoch) -> !epoch.equals("00000000"))
				.forEach(this.epochs::add);
			answers.add(written(output));
		}
		return answers;
	}

	private static void compare(Block expected, String answer) {
		if (expected.language().equals("json")) {
			JsonMapper mapper = JsonMapper.shared();
			assertThat(mapper.readTree(answer)).as(answer).isEqualTo(mapper.readTree(expected.text()));
		}
		else {
			assertThat(answer.lines().toList()).containsAll(expected.text().lines().toList());
		}
	}

	/** Put the epochs that are for those that the guide has written. */
	private String actual(String command) {
		String text = command;
		int number = 0;
		for (String epoch : this.epochs) {
			text = text.replace(WRITTEN.get(number++), epoch);
		}
		return text;
	}

	private String written(String answer) {
		String text = TIMESTAMP.matcher(answer).replaceAll(TIME);
		int number = 0;
		for (String epoch : this.epochs) {
			text = text.replace(epoch, WRITTEN.get(number++));
		}
		return text;
	}

	private static List<Block> blocks() throws IOException {
		return BLOCK.matcher(guide()).results().map((block) -> new Block(block.group(1), block.group(2))).toList();
	}

	private static String guide() throws IOException {
		return Files.readString(Path.of("docs/http.md"));
	}

	private record Block(String language, String text) {
	}

}
