package dev.fanfare.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

import dev.fanfare.topic.Draft;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Say a body within JSON, so that its bytes can be had back; exactly one is not null.
 *
 * @param text a body that is UTF-8
 * @param json a body that says it is JSON, and is
 * @param base64 any other body
 */
record KeptBody(@Nullable String text, @Nullable String json, @Nullable String base64) {

	private static final ObjectReader JSON = JsonMapper.shared()
		.readerFor(JsonNode.class)
		.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	static KeptBody of(Draft draft) {
		Optional<String> text = text(draft.body());
		if (text.isEmpty()) {
			return new KeptBody(null, null, Base64.getEncoder().encodeToString(draft.body()));
		}
		boolean json = draft.contentType().filter(KeptBody::saysJson).isPresent() && isJson(text.get());
		return json ? new KeptBody(null, text.get(), null) : new KeptBody(text.get(), null, null);
	}

	private static Optional<String> text(byte[] body) {
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	private static boolean saysJson(String contentType) {
		String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
		return type.equals("application/json") || type.endsWith("+json");
	}

	private static boolean isJson(String text) {
		try {
			return !JSON.<JsonNode>readValue(text).isMissingNode();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
