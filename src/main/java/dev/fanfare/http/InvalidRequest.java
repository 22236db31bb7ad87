package dev.fanfare.http;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

import org.springframework.util.unit.DataSize;

/** State what is wrong with the body of a request. */
final class InvalidRequest extends Refusal {

	InvalidRequest(ErrorType type, String message) {
		super(type, message);
	}

	static InvalidRequest emptyBody() {
		return new InvalidRequest(ErrorType.EMPTY_BODY, "The request has no body; the body is what is published.");
	}

	static InvalidRequest tooSlow() {
		return new InvalidRequest(ErrorType.BODY_TOO_SLOW,
				"The body did not come within the time it has (fanfare.http.body-timeout).");
	}

	static InvalidRequest tooLarge(String bytes, DataSize limit, String setting) {
		return new InvalidRequest(ErrorType.PAYLOAD_TOO_LARGE,
				"The body has %s bytes; at most %d are allowed (%s).".formatted(bytes, limit.toBytes(), setting));
	}

}
