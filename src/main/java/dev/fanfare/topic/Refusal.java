package dev.fanfare.topic;

import java.time.Duration;
import java.util.Optional;

/**
 * State why something that was asked of Fanfare is not done.
 * <p>
 * Every edge tells its client the same stable {@link #type() type} and the message, which
 * names the value that was wrong and what would be right. Whoever meets a refusal can
 * rely on nothing of the request having been done.
 */
public abstract class Refusal extends RuntimeException {

	private final ErrorType type;

	protected Refusal(ErrorType type, String message) {
		// Refusals are answers, not faults: no stack is read, so none is recorded.
		super(message, null, false, false);
		this.type = type;
	}

	/** Return the kind of refusal. */
	public ErrorType type() {
		return this.type;
	}

	/** Return how long to wait before it is worth trying again, where that is known. */
	public Optional<Duration> retryAfter() {
		return Optional.empty();
	}

	/** Return the same in whole seconds, as headers say it. */
	public Optional<String> retryAfterSeconds() {
		return retryAfter().map((wait) -> Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
	}

	@Override
	public String getMessage() {
		String message = super.getMessage();
		return (message != null) ? message : this.type.word();
	}

}
