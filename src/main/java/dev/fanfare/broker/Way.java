package dev.fanfare.broker;

import dev.fanfare.access.Caller;
import dev.fanfare.limits.Seat;
import dev.fanfare.limits.Visitor;

/** Say how a draft came to the broker; metrics tell them apart. */
enum Way {

	/** A client sent it over its connection, of STOMP or a bare one. */
	STOMP,

	/** A back end sent it with a request. */
	HTTP,

	/** Code of the application publishes, for itself or for a caller that it names. */
	APPLICATION;

	static Way of(Caller caller, Visitor visitor, Visitor inside) {
		if (caller instanceof Caller.Application || visitor == inside) {
			return APPLICATION;
		}
		return (visitor instanceof Seat) ? STOMP : HTTP;
	}

}
