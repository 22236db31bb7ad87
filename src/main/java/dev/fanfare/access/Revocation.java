package dev.fanfare.access;

import java.time.Instant;
import java.util.Comparator;

/**
 * Take back tokens before their end.
 *
 * @param kind what names them
 * @param name the user, the session (the claim {@code sid}) or the token ({@code jti})
 * @param since when they were taken back; of a user, tokens that were issued later count
 * @param until how long that is remembered
 */
public record Revocation(Kind kind, String name, Instant since, Instant until) {

	/** Return what it is that counts no more. */
	public Target target() {
		return new Target(this.kind, this.name);
	}

	/**
	 * Name what is taken back; by kind and name, one comes before another.
	 *
	 * @param kind what names it
	 * @param name the name
	 */
	public record Target(Kind kind, String name) implements Comparable<Target> {

		private static final Comparator<Target> ORDER = Comparator.comparing(Target::kind).thenComparing(Target::name);

		@Override
		public int compareTo(Target other) {
			return ORDER.compare(this, other);
		}

	}

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
