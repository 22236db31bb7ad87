package dev.fanfare.http;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State what is wrong with the body of a request. */
final class InvalidRequest extends Refusal {

	InvalidRequest(ErrorType type, String message) {
		super(type, message);
	}

	static InvalidRequest emptyBody() {
		return new InvalidRequest(ErrorType.EMPTY_BODY, "The request has no body; the body is what is published.");
	}

}
