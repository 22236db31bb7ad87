package dev.fanfare.topic;

/** State that a text is not a position. */
public final class InvalidPosition extends Refusal {

	InvalidPosition(String text) {
		super(ErrorType.INVALID_POSITION,
				"Not a position: '%s'. It is written epoch:offset, as the message-id of a MESSAGE is."
					.formatted((text.length() <= 80) ? text : text.substring(0, 80) + "..."));
	}

}
