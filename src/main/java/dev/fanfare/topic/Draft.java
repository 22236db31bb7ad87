package dev.fanfare.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Say what somebody wants published.
 *
 * @param topic where to; it need not exist yet
 * @param headers what subscribers get beside the body, {@code content-type} among them;
 * in the order given
 * @param body the payload, handed over: nobody changes the array from here on
 * @param idempotencyKey names this publishing; the same key within the topic's window is
 * stored once
 */
public record Draft(TopicName topic, Map<String, String> headers, byte[] body,
		@Nullable IdempotencyKey idempotencyKey) {

	/** Name the header that says what the body is. */
	public static final String CONTENT_TYPE = "content-type";

	/** Create a draft without an idempotency key. */
	public Draft(TopicName topic, Map<String, String> headers, byte[] body) {
		this(topic, headers, body, null);
	}

	/** Create a draft of text, in UTF-8. */
	public static Draft ofText(TopicName topic, String text) {
		return new Draft(topic, Map.of(CONTENT_TYPE, "text/plain;charset=UTF-8"),
				text.getBytes(StandardCharsets.UTF_8));
	}

	/** Return the draft under an idempotency key. */
	public Draft with(IdempotencyKey key) {
		return new Draft(this.topic, this.headers, this.body, key);
	}

	/** Return what the body is, where its sender said. */
	public Optional<String> contentType() {
		return Optional.ofNullable(this.headers.get(CONTENT_TYPE));
	}

	/** Return how many bytes and characters its body and headers have. */
	public int size() {
		int size = this.body.length;
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			size += header.getKey().length() + header.getValue().length();
		}
		return size;
	}

}
