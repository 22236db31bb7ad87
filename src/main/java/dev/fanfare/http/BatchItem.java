package dev.fanfare.http;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Describe one publication of a batch; exactly one of {@code text}, {@code json} and
 * {@code base64} is its body.
 *
 * @param topic where to publish
 * @param text a body of text
 * @param json a body of JSON, published without white space
 * @param base64 a body of any bytes
 * @param contentType what the body is; else text/plain, application/json or
 * application/octet-stream
 * @param idempotencyKey names this publishing; the same key within the topic's window is
 * stored once
 */
@Schema(name = "Publication")
record BatchItem(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "scores") String topic,
		@Schema(example = "1:0") @Nullable String text, @Nullable Object json, @Nullable String base64,
		@Schema(example = "text/plain") @Nullable String contentType, @Nullable String idempotencyKey) {
}
