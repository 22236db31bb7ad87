package dev.fanfare.security.origin;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that the server does not go by the name it was called. */
final class HostNotAllowed extends Refusal {

	HostNotAllowed(String host) {
		super(ErrorType.HOST_NOT_ALLOWED,
				"The server was called '%s', which fanfare.access.allowed-hosts does not list.".formatted(host));
	}

}
