package dev.fanfare.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Publication;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answer one publication of a history; exactly one of {@code text}, {@code json} and
 * {@code base64} is its body.
 *
 * @param position where the topic has it, {@code epoch:offset}
 * @param timestamp when the topic accepted it, in milliseconds since 1970
 * @param contentType what the body is, where its publisher said
 * @param headers its other headers
 * @param text a body that is UTF-8
 * @param json a body of a JSON content type that is JSON, as it was published
 * @param base64 any other body
 */
@Schema(name = "KeptPublication")
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptPublication(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "5f1c09aa:42") String position,
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1785578400000") long timestamp,
		@Schema(example = "text/plain") @Nullable String contentType,
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Map<String, String> headers,
		@Schema(example = "1:0") @Nullable String text,
		@Schema(implementation = Object.class) @JsonRawValue @Nullable String json, @Nullable String base64) {

	static KeptPublication of(Publication publication) {
		Draft draft = publication.draft();
		KeptBody body = KeptBody.of(draft);
		Map<String, String> headers = new LinkedHashMap<>(draft.headers());
		headers.remove(Draft.CONTENT_TYPE);
		return new KeptPublication(publication.position().toString(), publication.timestamp(),
				draft.contentType().orElse(null), headers, body.text(), body.json(), body.base64());
	}

}
