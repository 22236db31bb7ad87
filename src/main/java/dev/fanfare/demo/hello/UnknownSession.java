package dev.fanfare.demo.hello;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that nobody is connected by that name. */
final class UnknownSession extends Refusal {

	UnknownSession(String session) {
		super(ErrorType.UNKNOWN_SESSION,
				("No session '%s' is connected here. A STOMP session is named by the header 'session' "
						+ "of CONNECTED, a bare WebSocket by ?session=NAME in its URL.")
					.formatted(session));
	}

}
