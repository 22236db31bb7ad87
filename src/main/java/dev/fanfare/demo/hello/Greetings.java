package dev.fanfare.demo.hello;

import dev.fanfare.topic.TopicName;

/** Hold what is said, and the topic that every connected client hears. */
final class Greetings {

	static final String TO_ONE = "Hello, client!";

	static final String TO_ALL = "Hello, clients!";

	static final TopicName TOPIC = new TopicName("broadcast");

	private Greetings() {
	}

	/** Return the text, or the greeting to all where there is none. */
	static String toAll(String text) {
		return text.isEmpty() ? TO_ALL : text;
	}

}
