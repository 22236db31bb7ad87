package dev.fanfare.stomp;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State how a client broke the rules of STOMP. */
final class ProtocolViolation extends Refusal {

	ProtocolViolation(ErrorType type, String message) {
		super(type, message);
	}

	static ProtocolViolation missingHeader(String command, String header) {
		return new ProtocolViolation(ErrorType.MISSING_HEADER,
				"%s needs the header '%s', which is missing.".formatted(command, header));
	}

	static ProtocolViolation rejected(StompFrame frame) {
		return new ProtocolViolation(ErrorType.REJECTED,
				"The application rejected the %s frame.".formatted(frame.command()));
	}

}
