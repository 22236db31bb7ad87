package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/** State that a topic cannot be begun because there are as many as there may be. */
final class TooManyTopics extends Refusal {

	TooManyTopics(TopicName topic, int limit) {
		super(ErrorType.TOO_MANY_TOPICS,
				"Topic '%s' would be one more than the %d that are allowed ".formatted(topic, limit)
						+ "(fanfare.engine.embedded.max-topics).");
	}

}
