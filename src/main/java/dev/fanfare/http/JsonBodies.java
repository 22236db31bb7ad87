package dev.fanfare.http;

import java.util.Locale;

import dev.fanfare.topic.ErrorType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Read bodies that are JSON, and say where one is not. */
final class JsonBodies {

	private JsonBodies() {
	}

	static JsonNode parse(ObjectReader reader, byte[] json) {
		try {
			return reader.readValue(json);
		}
		catch (JacksonException ex) {
			TokenStreamLocation at = ex.getLocation();
			String place = (at != null) ? " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()) : "";
			throw new InvalidRequest(ErrorType.INVALID_JSON,
					"The body is not JSON%s: %s.".formatted(place, ex.getOriginalMessage()));
		}
	}

	/** Say what it is, such as {@code array}. */
	static String kind(JsonNode node) {
		return node.getNodeType().name().toLowerCase(Locale.ROOT);
	}

}
