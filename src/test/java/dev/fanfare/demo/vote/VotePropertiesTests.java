package dev.fanfare.demo.vote;

import java.time.Duration;

import dev.fanfare.topic.Rate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VotePropertiesTests {

	@Test
	void thereMayBeNoPollsButNotFewer() {
		assertThat(with(0).maxPolls()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> with(-1))
			.withMessage("fanfare.demo.vote.max-polls is -1: it must be 0 or more");
	}

	private static VoteProperties with(int maxPolls) {
		return new VoteProperties(maxPolls, Duration.ofDays(7), Duration.ofMillis(250), Rate.NONE, Rate.NONE, Rate.NONE,
				1);
	}

}
