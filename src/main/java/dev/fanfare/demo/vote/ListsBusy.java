package dev.fanfare.demo.vote;

import java.time.Duration;
import java.util.Optional;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that as many lists of votes are being written as may be at once. */
final class ListsBusy extends Refusal {

	private static final Duration WAIT = Duration.ofSeconds(2);

	ListsBusy(int most) {
		super(ErrorType.OVERLOADED,
				"%d lists of votes are being written, as many as may be at once: try again in a moment."
					.formatted(most));
	}

	@Override
	public Optional<Duration> retryAfter() {
		return Optional.of(WAIT);
	}

}
