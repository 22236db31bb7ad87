package dev.fanfare.access;

import java.time.Instant;

/**
 * Take back tokens before their end.
 *
 * @param kind what names them
 * @param name the user, the session (the claim {@code sid}) or the token ({@code jti})
 * @param since when they were taken back; of a user, tokens that were issued later count
 * @param until how long that is remembered
 */
public record Revocation(Kind kind, String name, Instant since, Instant until) {

	/** Say what the name is of. */
	public enum Kind {

		/** All tokens of a user that were issued until then. */
		USER,

		/** All tokens of a session. */
		SESSION,

		/** One token. */
		TOKEN

	}

}
