package dev.fanfare.limits;

import java.time.Duration;
import java.util.Optional;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that somebody has, or does, as much as is allowed, and when to try again. */
public final class LimitReached extends Refusal {

	private final String limit;

	private final Duration retryAfter;

	private LimitReached(ErrorType type, String limit, String message, Duration retryAfter) {
		super(type, message);
		this.limit = limit;
		this.retryAfter = retryAfter;
	}

	/** State that there are as many as may be at once. */
	static LimitReached ofCount(String scope, Kind kind, int most, Duration retryAfter) {
		String limit = scope + "." + kind.word();
		ErrorType type = (kind == Kind.CONNECTIONS && scope.equals(Limits.NODE)) ? ErrorType.NODE_FULL : kind.type();
		return new LimitReached(type, limit, "There are as many %s as may be of one %s, %d (fanfare.limits.%s)."
			.formatted(kind.things(), scope, most, limit), retryAfter);
	}

	/** State that too much is kept of what is not ended. */
	static LimitReached ofBytes(long most, Duration retryAfter) {
		return new LimitReached(ErrorType.TOO_MANY_BYTES, "unfinished",
				"Too much has begun and not ended, messages or transactions: %d bytes may be kept (fanfare.limits.unfinished)."
					.formatted(most),
				retryAfter);
	}

	/** State that there is room again after a while. */
	static LimitReached ofRate(String limit, String setting, Kind kind, Duration retryAfter) {
		return new LimitReached(kind.type(), limit, "There are too many %s in too short a time (%s): wait %d ms."
			.formatted(kind.things(), setting, Math.max(retryAfter.toMillis(), 1)), retryAfter);
	}

	/** Return the name of the limit, such as {@code address.connections}. */
	public String limit() {
		return this.limit;
	}

	@Override
	public Optional<Duration> retryAfter() {
		return Optional.of(this.retryAfter);
	}

}
