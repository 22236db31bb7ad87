package dev.fanfare.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import dev.fanfare.access.Revocation.Kind;
import dev.fanfare.access.Revocation.Target;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Times;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Ask for tokens to be taken back.
 *
 * @param target which
 * @param until how long to remember it
 */
record RevocationRequest(Target target, @Nullable Instant until) {

	private static final int LONGEST_NAME = 256;

	private static final String UNTIL = "until";

	/**
	 * Read it from an object.
	 * @throws InvalidRequest if it does not name one thing
	 */
	static RevocationRequest of(JsonNode body) {
		if (!body.isObject()) {
			throw new InvalidRequest(ErrorType.INVALID_REQUEST,
					"The body is a JSON %s; it must be an object.".formatted(JsonBodies.kind(body)));
		}
		Set<String> names = new TreeSet<>(body.propertyNames());
		names.remove(UNTIL);
		Kind kind = Arrays.stream(Kind.values())
			.filter((each) -> names.equals(Set.of(word(each))))
			.findFirst()
			.orElseThrow(() -> new InvalidRequest(ErrorType.INVALID_REQUEST,
					"The body has %s; it must have exactly one of user, sid and token, and may have until."
						.formatted(body.propertyNames())));
		return new RevocationRequest(new Target(kind, name(word(kind), body.path(word(kind)))),
				until(body.path(UNTIL)));
	}

	/** Return what names a kind: sessions by the claim of their tokens. */
	static String word(Kind kind) {
		return switch (kind) {
			case USER -> "user";
			case SESSION -> "sid";
			case TOKEN -> "token";
		};
	}

	private static String name(String word, JsonNode value) {
		String name = value.isString() ? value.stringValue() : "";
		if (name.isBlank() || name.length() > LONGEST_NAME) {
			throw new InvalidRequest(ErrorType.INVALID_PARAMETER,
					"'%s' must be a string of 1 to %d characters.".formatted(word, LONGEST_NAME));
		}
		return name;
	}

	private static @Nullable Instant until(JsonNode value) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		String time = value.isString() ? value.stringValue() : value.toString();
		try {
			return Times.parse(time);
		}
		catch (DateTimeException ex) {
			throw QueryParameters.invalid(UNTIL, time, "a time such as " + Times.EXAMPLE);
		}
	}

}
