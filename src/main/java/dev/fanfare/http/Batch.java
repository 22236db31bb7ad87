package dev.fanfare.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Read a batch of publications, a JSON array of {@link BatchItem}s, and say exactly what
 * is wrong with one.
 */
@Component
class Batch {

	private static final Set<String> FIELDS = Set.of("topic", "text", "json", "base64", "contentType",
			"idempotencyKey");

	private static final List<String> BODIES = List.of("text", "json", "base64");

	private final ObjectReader reader;

	private final int maxItems;

	Batch(JsonMapper mapper, HttpProperties properties) {
		// Decimals as they are written: a double would change their digits on the way.
		this.reader = mapper.readerFor(JsonNode.class)
			.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
		this.maxItems = properties.maxBatch();
	}

	/**
	 * Read the drafts.
	 * @throws Refusal if one of them is wrong; the message says which and how
	 */
	List<Draft> read(byte[] json) {
		JsonNode items = JsonBodies.parse(this.reader, json);
		if (!items.isArray()) {
			throw invalid(
					"The body is a JSON %s; it must be an array of publications.".formatted(JsonBodies.kind(items)));
		}
		if (items.isEmpty() || items.size() > this.maxItems) {
			throw invalid("The batch has %d publications; it must have 1 to %d (fanfare.http.max-batch)."
				.formatted(items.size(), this.maxItems));
		}
		List<Draft> drafts = new ArrayList<>(items.size());
		for (JsonNode item : items) {
			drafts.add(draft(item, drafts.size() + 1));
		}
		return drafts;
	}

	private static Draft draft(JsonNode item, int number) {
		try {
			return draft(item);
		}
		catch (Refusal ex) {
			throw new InvalidRequest(ex.type(), "Publication %d of the batch: %s".formatted(number, ex.getMessage()));
		}
	}

	private static Draft draft(JsonNode item) {
		if (!item.isObject()) {
			throw invalid("It is a JSON %s; it must be an object.".formatted(JsonBodies.kind(item)));
		}
		item.propertyNames().stream().filter((name) -> !FIELDS.contains(name)).findFirst().ifPresent((name) -> {
			throw invalid("'%s' is unknown; there are %s.".formatted(name, new TreeSet<>(FIELDS)));
		});
		String topic = text(item, "topic");
		if (topic == null) {
			throw invalid("'topic' is missing.");
		}
		List<String> bodies = BODIES.stream().filter(item::has).toList();
		if (bodies.size() != 1) {
			throw invalid("It has %s; it must have exactly one of %s.".formatted(bodies, BODIES));
		}
		String key = text(item, "idempotencyKey");
		return new Draft(new TopicName(topic), Map.of(Draft.CONTENT_TYPE, contentType(item, bodies.getFirst())),
				body(item, bodies.getFirst()), (key != null) ? new IdempotencyKey(key) : null);
	}

	private static byte[] body(JsonNode item, String kind) {
		byte[] body = switch (kind) {
			case "json" -> item.get("json").toString().getBytes(StandardCharsets.UTF_8);
			case "base64" -> decoded(String.valueOf(text(item, "base64")));
			default -> String.valueOf(text(item, "text")).getBytes(StandardCharsets.UTF_8);
		};
		if (body.length == 0) {
			throw new InvalidRequest(ErrorType.EMPTY_BODY, "'%s' is empty; it is what is published.".formatted(kind));
		}
		return body;
	}

	private static byte[] decoded(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("'base64' is not base64: %s.".formatted(ex.getMessage()));
		}
	}

	private static String contentType(JsonNode item, String kind) {
		String given = text(item, "contentType");
		if (given != null) {
			return requireVisible(given);
		}
		return switch (kind) {
			case "json" -> "application/json";
			case "base64" -> "application/octet-stream";
			default -> "text/plain;charset=UTF-8";
		};
	}

	// What no HTTP header could bring, no reader expects in a header either.
	private static String requireVisible(String contentType) {
		if (contentType.isBlank() || contentType.chars().anyMatch(Character::isISOControl)) {
			throw invalid("'contentType' is empty or has control characters; it must be one such as text/plain.");
		}
		return contentType;
	}

	private static @Nullable String text(JsonNode item, String name) {
		JsonNode value = item.get(name);
		if (value == null) {
			return null;
		}
		if (!value.isString()) {
			throw invalid("'%s' is a JSON %s; it must be a string.".formatted(name, JsonBodies.kind(value)));
		}
		return value.stringValue();
	}

	private static InvalidRequest invalid(String message) {
		return new InvalidRequest(ErrorType.INVALID_BATCH, message);
	}

}
