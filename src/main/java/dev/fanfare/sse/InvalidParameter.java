package dev.fanfare.sse;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that the value of a query parameter cannot be. */
final class InvalidParameter extends Refusal {

	InvalidParameter(String name, String value, String right) {
		super(ErrorType.INVALID_PARAMETER, "'%s' is '%s'; it must be %s.".formatted(name,
				(value.length() <= 80) ? value : value.substring(0, 80) + "...", right));
	}

}
