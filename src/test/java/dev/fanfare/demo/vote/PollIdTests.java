package dev.fanfare.demo.vote;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PollIdTests {

	@Test
	void theSameKeyOfTheSameCreatorIsTheSamePoll() {
		assertThat(PollId.of("ada", "1")).isEqualTo(PollId.of("ada", "1"))
			.isNotEqualTo(PollId.of("ada", "2"))
			.isNotEqualTo(PollId.of("bob", "1"))
			.isNotEqualTo(PollId.of("ada1", ""));
	}

	@Test
	void anIdIsReadAsItIsWritten() {
		PollId id = PollId.of("ada", "1");

		assertThat(PollId.parse(id.value())).contains(id);
		assertThat(PollId.ofLog(id.log())).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abcdefg", "abcdefghj", "ABCDEFGH", "abcdefg1", "abcdefgi", "abcd.fgh", "../../ab" })
	void anythingElseIsNone(String text) {
		assertThat(PollId.parse(text)).isEmpty();
	}

}
