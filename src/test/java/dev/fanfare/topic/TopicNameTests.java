package dev.fanfare.topic;

import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicNameTests {

	/** As the documentation has it. */
	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

	@Test
	void eachCharacterIsAllowedWhereThePatternAllowsIt() {
		IntStream.rangeClosed(0, Character.MAX_VALUE)
			.mapToObj((each) -> String.valueOf((char) each))
			.forEach((each) -> {
				isTakenAsByThePattern(each);
				isTakenAsByThePattern("a" + each);
				isTakenAsByThePattern(each + "a");
			});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 127, 128, 129, 1000 })
	void namesAreAsLongAsThePatternAllows(int length) {
		isTakenAsByThePattern("a".repeat(length));
	}

	private static void isTakenAsByThePattern(String name) {
		if (VALID.matcher(name).matches()) {
			assertThat(new TopicName(name)).hasToString(name);
		}
		else {
			assertThatExceptionOfType(InvalidTopicName.class).isThrownBy(() -> new TopicName(name));
		}
	}

}
