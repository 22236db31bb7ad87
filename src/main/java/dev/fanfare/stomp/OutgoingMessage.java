package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.fanfare.topic.Publication;

/**
 * Hold what a MESSAGE frame says, whoever it goes to.
 *
 * @param id of the message, the position where it has one
 * @param headers what else is said about it
 * @param body the payload
 */
record OutgoingMessage(String id, Map<String, String> headers, byte[] body) {

	/** Estimate the bytes it takes: even one without a body takes some. */
	int size() {
		return Sizes.of(this.headers) + this.body.length;
	}

	static OutgoingMessage of(Publication publication) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("timestamp", Long.toString(publication.timestamp()));
		headers.putAll(publication.draft().headers());
		return new OutgoingMessage(publication.position().toString(), headers, publication.body());
	}

}
