package dev.fanfare.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Say what somebody wants published.
 *
 * @param topic where to; it need not exist yet
 * @param headers what subscribers get beside the body, {@code content-type} among them;
 * in the order given
 * @param body the payload, handed over: nobody changes the array from here on
 */
public record Draft(TopicName topic, Map<String, String> headers, byte[] body) {

	/** Name the header that says what the body is. */
	public static final String CONTENT_TYPE = "content-type";

	/** Create a draft of text, in UTF-8. */
	public static Draft ofText(TopicName topic, String text) {
		return new Draft(topic, Map.of(CONTENT_TYPE, "text/plain;charset=UTF-8"),
				text.getBytes(StandardCharsets.UTF_8));
	}

	/** Return what the body is, where its sender said. */
	public Optional<String> contentType() {
		return Optional.ofNullable(this.headers.get(CONTENT_TYPE));
	}

}
