package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that a durable subscription cannot have that name. */
public final class InvalidCursorName extends Refusal {

	InvalidCursorName(String owner, String name) {
		super(ErrorType.INVALID_DURABLE_NAME,
				"Not a durable subscription: '%s' of '%s'. Both have 1 to 128 characters, no control characters."
					.formatted(shortened(name), shortened(owner)));
	}

	private static String shortened(String text) {
		return (text.length() <= 140) ? text : text.substring(0, 140) + "...";
	}

}
