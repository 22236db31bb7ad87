package dev.fanfare.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Say who is asking.
 * <p>
 * Those who said who they are, are principals: what Spring knows of a request or session
 * is the caller itself.
 */
public sealed interface Caller {

	/**
	 * Return the caller for whom Spring knows this principal: the caller that it is, a
	 * guest if there is none, and for any other a user to whom nothing is granted.
	 */
	static Caller of(@Nullable Principal principal) {
		return switch (principal) {
			case null -> new Guest();
			case Caller caller -> caller;
			default -> new User(principal.getName());
		};
	}

	/** Return by what Spring knows the caller, nothing for those without a name. */
	default @Nullable Principal principal() {
		return (this instanceof Principal principal) ? principal : null;
	}

	/** Speak for the application itself: it may do everything. */
	record Application() implements Caller {
	}

	/**
	 * Speak for somebody who said who they are.
	 *
	 * @param name the same on every connection of theirs
	 * @param grants what their token grants
	 * @param token by what they were let in, if it was a token
	 */
	record User(String name, Grants grants, @Nullable Token token) implements Caller, Principal {

		/** Speak for somebody whom the application knows. */
		public User(String name) {
			this(name, Grants.NONE, null);
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

	/**
	 * Speak for a back end that has a key.
	 *
	 * @param name what its operator calls it
	 * @param grants what it is for
	 */
	record Key(String name, Grants grants) implements Caller, Principal {

		/** Begin the names that no user can have. */
		public static final String PREFIX = "key:";

		/** Return a name that no user has, so that nobody gets messages of another. */
		@Override
		public String getName() {
			return PREFIX + this.name;
		}

	}

	/** Speak for somebody who did not say who they are. */
	record Guest() implements Caller {
	}

}
