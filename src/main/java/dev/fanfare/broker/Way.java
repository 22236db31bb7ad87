package dev.fanfare.broker;

import dev.fanfare.access.Caller;
import dev.fanfare.limits.Seat;
import dev.fanfare.limits.Visitor;

/** Say how a draft came to the broker; metrics tell them apart. */
enum Way {

	/** A client sent it over its connection. */
	STOMP,

	/** A back end sent it with a request. */
	HTTP,

	/** The application publishes. */
	APPLICATION;

	static Way of(Caller caller, Visitor visitor) {
		if (caller instanceof Caller.Application) {
			return APPLICATION;
		}
		return (visitor instanceof Seat) ? STOMP : HTTP;
	}

}
