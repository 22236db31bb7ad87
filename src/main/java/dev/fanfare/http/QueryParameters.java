package dev.fanfare.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.InvalidPosition;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/** Read the values of query parameters; an empty one counts as none. */
final class QueryParameters {

	/** What a page has when nobody says how much. */
	static final int DEFAULT_LIMIT = 100;

	private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._:-]{0,127})?");

	private QueryParameters() {
	}

	/** Read how much a page has at most. */
	static int limit(@Nullable String value, int most) {
		if (!StringUtils.hasText(value)) {
			return Math.min(DEFAULT_LIMIT, most);
		}
		try {
			int limit = Integer.parseInt(value);
			if (limit >= 1 && limit <= most) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw invalid("limit", value, "a number from 1 to %d (fanfare.http.max-page)".formatted(most));
	}

	/** Read how names of topics begin; empty for all. */
	static String prefix(String value) {
		if (!PREFIX.matcher(value).matches()) {
			throw invalid("prefix", value, "how the name of a topic begins: a letter or digit, then letters, digits, "
					+ "'.', '_', ':' or '-', 128 characters at most");
		}
		return value;
	}

	static Order order(@Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return Order.OLDEST;
		}
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "oldest" -> Order.OLDEST;
			case "newest" -> Order.NEWEST;
			default -> throw invalid("order", value, "oldest or newest, whichever comes first");
		};
	}

	static @Nullable Position position(String name, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return null;
		}
		try {
			return Position.parse(value);
		}
		catch (InvalidPosition ex) {
			throw new InvalidRequest(ErrorType.INVALID_POSITION, "'%s': %s".formatted(name, ex.getMessage()));
		}
	}

	static @Nullable Instant time(String name, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return null;
		}
		try {
			// A plus sign that was not escaped comes as a space.
			return Times.parse(value.replace(' ', '+'));
		}
		catch (DateTimeException ex) {
			throw invalid(name, value, "a time such as " + Times.EXAMPLE);
		}
	}

	/** Require that somebody is named: nothing is done to all for want of a name. */
	static void requireUser(String value) {
		if (value.isBlank()) {
			throw invalid("user", value, "the name of a user");
		}
	}

	static InvalidRequest invalid(String name, String value, String right) {
		String shown = (value.length() <= 80) ? value : value.substring(0, 80) + "...";
		return new InvalidRequest(ErrorType.INVALID_PARAMETER,
				"'%s' is '%s'; it must be %s.".formatted(name, shown, right));
	}

}
