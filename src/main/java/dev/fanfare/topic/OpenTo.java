package dev.fanfare.topic;

/** Say whom something is open to, besides the application itself. */
public enum OpenTo {

	/** Open to guests too. */
	EVERYONE,

	/** Open to users, and to keys as far as their scopes and patterns go. */
	AUTHENTICATED,

	/** Open to those whose token or key grants it. */
	GRANTED,

	/** Closed. */
	NOBODY

}
