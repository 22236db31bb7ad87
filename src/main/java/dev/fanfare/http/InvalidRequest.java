package dev.fanfare.http;

import dev.fanfare.topic.Refusal;

/** State what is wrong with the body of a request. */
final class InvalidRequest extends Refusal {

	InvalidRequest(String type, String message) {
		super(type, message);
	}

	static InvalidRequest emptyBody() {
		return new InvalidRequest("empty-body", "The request has no body; the body is what is published.");
	}

}
