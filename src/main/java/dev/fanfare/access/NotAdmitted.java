package dev.fanfare.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State why somebody is not let in, whatever they ask for. */
public final class NotAdmitted extends Refusal {

	private NotAdmitted(ErrorType type, String message) {
		super(type, message);
	}

	static NotAdmitted guest() {
		return new NotAdmitted(ErrorType.NOT_AUTHENTICATED,
				"Guests are not let in here (fanfare.access.guests): show a token or a key.");
	}

	/** State what is wrong with a token or key; the message must not repeat it. */
	public static NotAdmitted invalid(String why) {
		return new NotAdmitted(ErrorType.INVALID_CREDENTIALS, why);
	}

	/** State that a token has ended. */
	public static NotAdmitted expired(Instant when) {
		return new NotAdmitted(ErrorType.TOKEN_EXPIRED,
				"The token expired at %s; get a new one.".formatted(when.truncatedTo(ChronoUnit.SECONDS)));
	}

	/** State that a cookie does not count, as another site may have had it sent. */
	public static NotAdmitted crossSite(String cookie) {
		return new NotAdmitted(ErrorType.ACCESS_DENIED,
				"The cookie '%s' counts for pages of this server and of allowed origins where something is changed; others send a token "
					.formatted(cookie) + "in the Authorization header.");
	}

	/** State that nobody can say whether a token is valid. */
	public static NotAdmitted keysUnavailable() {
		return new NotAdmitted(ErrorType.KEYS_UNAVAILABLE,
				"The keys that tokens are verified with cannot be had from their issuer now; try again in a moment.");
	}

	/** State that a token counts no longer. */
	public static NotAdmitted revoked() {
		return new NotAdmitted(ErrorType.TOKEN_REVOKED, "The token was revoked.");
	}

}
