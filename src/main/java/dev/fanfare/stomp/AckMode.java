package dev.fanfare.stomp;

import java.util.Arrays;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * Say how a subscription's messages are acknowledged (STOMP 1.2, SUBSCRIBE ack Header).
 */
enum AckMode {

	/** Not at all: a message counts as received when it is sent. */
	AUTO("auto"),

	/** Each ACK speaks for its message and all that came before it. */
	CLIENT("client"),

	/** Each ACK speaks for its message alone. */
	CLIENT_INDIVIDUAL("client-individual");

	private final String word;

	AckMode(String word) {
		this.word = word;
	}

	/**
	 * Read the header of a SUBSCRIBE frame.
	 * @throws ProtocolViolation if there is no such mode
	 */
	static AckMode of(@Nullable String header) {
		if (header == null) {
			return AUTO;
		}
		return Arrays.stream(values())
			.filter((mode) -> mode.word.equals(header))
			.findFirst()
			.orElseThrow(() -> new ProtocolViolation(ErrorType.INVALID_HEADER,
					"ack is '%s': it must be auto, client or client-individual.".formatted(header)));
	}

}
