package dev.fanfare.stomp;

import dev.fanfare.topic.Refusal;

/** State how a client broke the rules of STOMP. */
final class ProtocolViolation extends Refusal {

	ProtocolViolation(String type, String message) {
		super(type, message);
	}

	static ProtocolViolation missingHeader(String command, String header) {
		return new ProtocolViolation("missing-header",
				"%s needs the header '%s', which is missing.".formatted(command, header));
	}

}
