package dev.fanfare.security;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State why tokens are not revoked. */
final class RevocationRefusal extends Refusal {

	private RevocationRefusal(ErrorType type, String message) {
		super(type, message);
	}

	static RevocationRefusal until(Instant until, Instant now, Instant latest) {
		return new RevocationRefusal(ErrorType.INVALID_PARAMETER,
				"'until' is '%s'; it must be between now, %s, and when the last token of now has ended, %s."
					.formatted(until, now.truncatedTo(ChronoUnit.SECONDS), latest.truncatedTo(ChronoUnit.SECONDS)));
	}

	static RevocationRefusal tooMany(int most) {
		return new RevocationRefusal(ErrorType.TOO_MANY_REVOCATIONS,
				"%d revocations are remembered, and no more may be (fanfare.access.token.max-revocations)."
					.formatted(most));
	}

	static RevocationRefusal notStored(String why) {
		return new RevocationRefusal(ErrorType.STORAGE_FAILED,
				"The revocation could not be stored: %s.".formatted(why));
	}

}
