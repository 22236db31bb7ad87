package dev.fanfare.topic;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicPatternTests {

	@ParameterizedTest
	@CsvSource({ "scores, scores, true", "scores, scores.uk, false", "scores.*, scores.uk, true",
			"scores.*, scores, false", "scores.*, scores.uk.final, false", "scores.**, scores.uk, true",
			"scores.**, scores.uk.final, true", "scores.**, scores, false", "*.uk, scores.uk, true",
			"*.uk, scores.de, false", "*.*, a.b, true", "*.*, a, false", "**, a, true", "**, a.b.c, true",
			"*.**, a, false", "*.**, a.b, true", "chat.room-1:x, chat.room-1:x, true", "a.*, a., true" })
	void aPatternMatchesPartByPart(String pattern, String topic, boolean matches) {
		assertThat(new TopicPattern(pattern).matches(new TopicName(topic))).isEqualTo(matches);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "b", "a.", "a..", "a.b", "a..b", "ab.b", "a.b.c", "b.a", "a.b.", "aa", "a.bb" })
	void aPatternMatchesANameIfItCoversTheNameAsAPattern(String name) {
		var patterns = List.of("a", "*", "**", "a.", "a.*", "a.**", "a.b", "*.b", "*.", "a..", "*.*", "*.**", "a.*.**",
				"a..**", "a.b.*", "*.b.*", "a..b", "*.*.b", "aa.**");

		assertThat(patterns).map(TopicPattern::new)
			.allSatisfy((pattern) -> assertThat(pattern.matches(new TopicName(name)))
				.isEqualTo(pattern.covers(new TopicPattern(name))));
	}

	@ParameterizedTest
	@CsvSource({ "**, scores.*, true", "**, **, true", "scores.**, scores.*, true", "scores.**, scores.uk.**, true",
			"scores.*, scores.**, false", "scores.*, scores.uk, true", "scores.uk, scores.*, false", "*.*, a.**, false",
			"*.**, a.**, true", "a.*.**, a.**, false", "a.b, a.c, false" })
	void aPatternCoversAnotherIfItMatchesAllThatTheOtherMatches(String one, String other, boolean covers) {
		assertThat(new TopicPattern(one).covers(new TopicPattern(other))).isEqualTo(covers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "a b", "a.**.b", "***", "a*", "a.b*", "/topic/a", "-a", "**.a" })
	void whatIsNoPatternIsRefusedByName(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPattern(text))
			.withMessageContaining("'" + text + "'");
	}

	@Test
	void aLongNameIsMatchedInNoTime() {
		assertThat(new TopicPattern("*.*.*.*.*.*.*.**").matches(new TopicName("a" + ".".repeat(127)))).isTrue();
	}

}
