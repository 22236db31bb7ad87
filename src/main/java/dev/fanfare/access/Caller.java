package dev.fanfare.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/** Say who is asking. */
public sealed interface Caller {

	/**
	 * Return the caller for whom Spring knows this principal, a guest if it knows none.
	 */
	static Caller of(@Nullable Principal principal) {
		return (principal != null) ? new User(principal.getName()) : new Guest();
	}

	/** Speak for the application itself: it may do everything. */
	record Application() implements Caller {
	}

	/** Speak for somebody who said who they are. */
	record User(String name) implements Caller {
	}

	/** Speak for somebody who did not. */
	record Guest() implements Caller {
	}

}
