package dev.fanfare.limits;

import java.util.Locale;

import dev.fanfare.topic.ErrorType;

/** Name what is limited, as the settings do. */
enum Kind {

	CONNECTIONS(ErrorType.TOO_MANY_CONNECTIONS, "connections at once"),

	CONNECTS(ErrorType.TOO_MANY_CONNECTIONS, "connections"),

	SUBSCRIPTIONS(ErrorType.TOO_MANY_SUBSCRIPTIONS, "subscriptions at once"),

	PUBLISHES(ErrorType.TOO_MANY_PUBLICATIONS, "publications"),

	BYTES_IN(ErrorType.TOO_MANY_BYTES, "bytes sent to the server"),

	BYTES_OUT(ErrorType.TOO_MANY_BYTES, "bytes sent by the server"),

	HTTP_REQUESTS(ErrorType.TOO_MANY_REQUESTS, "requests");

	private final ErrorType type;

	private final String things;

	Kind(ErrorType type, String things) {
		this.type = type;
		this.things = things;
	}

	ErrorType type() {
		return this.type;
	}

	/** Return what there are too many of, for people. */
	String things() {
		return this.things;
	}

	/** Return the word of the settings, in kebab case. */
	String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
