package dev.fanfare.broker;

/** State what is wrong with {@code fanfare.topics}, and in which line. */
final class InvalidTopicRules extends RuntimeException {

	InvalidTopicRules(String message) {
		super(message);
	}

}
