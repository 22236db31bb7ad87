package dev.fanfare.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Describe one publication of a batch; exactly one of {@code text}, {@code json} and
 * {@code base64} is its body.
 *
 * @param topic where to publish
 * @param text a body of text
 * @param json a body of JSON, published as it would be written
 * @param base64 a body of any bytes
 * @param contentType what the body is; else text/plain, application/json or
 * application/octet-stream
 */
record BatchItem(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "scores") @Nullable String topic,
		@Schema(example = "1:0") @Nullable String text, @Schema(implementation = Object.class) @Nullable JsonNode json,
		@Nullable String base64, @Schema(example = "text/plain") @Nullable String contentType) {

	/**
	 * Make a draft of it.
	 * @throws dev.fanfare.topic.Refusal if something in it is wrong
	 */
	Draft draft() {
		if (this.topic == null) {
			throw new InvalidRequest("invalid-batch", "'topic' is missing.");
		}
		if (Stream.of(this.text, this.json, this.base64).filter(Objects::nonNull).count() != 1) {
			throw new InvalidRequest("invalid-batch", "Exactly one of 'text', 'json' and 'base64' must be given.");
		}
		byte[] body = body();
		if (body.length == 0) {
			throw new InvalidRequest("empty-body", "The body is empty; it is what is published.");
		}
		return new Draft(new TopicName(this.topic), Map.of(Draft.CONTENT_TYPE, type()), body);
	}

	private byte[] body() {
		if (this.text != null) {
			return this.text.getBytes(StandardCharsets.UTF_8);
		}
		if (this.base64 != null) {
			return decoded(this.base64);
		}
		return String.valueOf(this.json).getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] decoded(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequest("invalid-batch", "'base64' is not base64: %s.".formatted(ex.getMessage()));
		}
	}

	private String type() {
		if (this.contentType != null) {
			return this.contentType;
		}
		if (this.text != null) {
			return "text/plain;charset=UTF-8";
		}
		return (this.json != null) ? "application/json" : "application/octet-stream";
	}

}
