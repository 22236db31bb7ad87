package dev.fanfare.access;

/** Say whom something is open to, besides the application itself. */
public enum Grant {

	/** Open to guests too. */
	EVERYONE,

	/** Open to users. */
	AUTHENTICATED,

	/** Closed. */
	NOBODY;

	boolean covers(Caller caller) {
		return switch (caller) {
			case Caller.Application application -> true;
			case Caller.User user -> this != NOBODY;
			case Caller.Guest guest -> this == EVERYONE;
		};
	}

}
