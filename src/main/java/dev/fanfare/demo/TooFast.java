package dev.fanfare.demo;

import java.time.Duration;
import java.util.Optional;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Rate;
import dev.fanfare.topic.Refusal;

/** State that a visitor does something too often, and when it may again. */
public final class TooFast extends Refusal {

	private final Duration wait;

	TooFast(Rate rate, Duration wait) {
		super(ErrorType.TOO_MANY_PUBLICATIONS,
				"Too fast: %d in %d s are allowed, and %d at once after a pause; try again in %.1f s."
					.formatted(rate.amount(), rate.period().toSeconds(), rate.burst(), wait.toMillis() / 1000.0));
		this.wait = wait;
	}

	@Override
	public Optional<Duration> retryAfter() {
		return Optional.of(this.wait);
	}

}
