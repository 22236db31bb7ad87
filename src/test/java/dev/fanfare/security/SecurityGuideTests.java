package dev.fanfare.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.fanfare.access.Caller;
import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The programs of docs/security.md issue tokens that let their user in. */
class SecurityGuideTests {

	@ParameterizedTest
	@CsvSource({ "sh, sh, -euc, $SECRET", "python, python3, -c, SECRET", "js, node, -e, SECRET" })
	void theProgramsIssueTokens(String language, String program, String option, String mark) throws Exception {
		CallerGate gate = TokenTests.gate(new TokenProperties(Tokens.SECRET, "", "", List.of(), "", "", "sub",
				Duration.ZERO, Duration.ofHours(1), 10, "", false));

		Caller.User user = (Caller.User) gate.admit(run(program, option, example(language, mark)));

		assertThat(user.name()).isEqualTo("ada");
		assertThat(user.grants().topics()).containsEntry(Action.SUBSCRIBE, List.of(new TopicPattern("scores.**")));
	}

	private static String run(String program, String option, String code) throws IOException, InterruptedException {
		ProcessBuilder command = new ProcessBuilder(program, option, code).redirectErrorStream(true);
		command.environment().put("SECRET", Tokens.SECRET);
		Process process = command.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output.strip();
	}

	private static String example(String language, String mark) throws IOException {
		Matcher blocks = Pattern.compile("```%s\n(.*?)```\n".formatted(language), Pattern.DOTALL)
			.matcher(Files.readString(Path.of("docs/security.md")));
		return blocks.results()
			.map((block) -> block.group(1))
			.filter((code) -> code.contains(mark))
			.findFirst()
			.orElseThrow();
	}

}
