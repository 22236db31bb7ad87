package dev.fanfare.topic;

/** State that a text cannot be the name of a topic. */
public final class InvalidTopicName extends Refusal {

	private static final int SHOWN = 140;

	public InvalidTopicName(String value) {
		super(ErrorType.INVALID_TOPIC_NAME,
				("Not a topic name: '%s'. A name starts with a letter or digit and goes on with letters, digits, "
						+ "'.', '_', ':' or '-', 128 characters at most.")
					.formatted(shortened(value)));
	}

	private static String shortened(String value) {
		return (value.length() <= SHOWN) ? value : value.substring(0, SHOWN) + "...";
	}

}
