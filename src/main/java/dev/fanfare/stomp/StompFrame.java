package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.simp.stomp.StompCommand;

/**
 * Hold one frame of a client.
 *
 * @param command what the client asks for
 * @param headers in the order sent; of repeated ones the first (STOMP 1.2, Repeated
 * Header Entries)
 * @param body empty where there is none
 */
record StompFrame(StompCommand command, Map<String, String> headers, byte[] body) {

	/** Estimate the bytes it takes: even one without a body takes some. */
	int size() {
		return Sizes.of(this.headers) + this.body.length;
	}

	@Nullable String header(String name) {
		return this.headers.get(name);
	}

	/** Return the same frame with a header it does not have. */
	StompFrame with(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new StompFrame(this.command, more, this.body);
	}

	/**
	 * Return a header that must be there.
	 * @throws ProtocolViolation if it is not
	 */
	String require(String name) {
		String value = this.headers.get(name);
		if (value == null || value.isEmpty()) {
			throw ProtocolViolation.missingHeader(this.command.name(), name);
		}
		return value;
	}

}
