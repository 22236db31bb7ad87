package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;

/** State that a topic does not have a publication, or no longer. */
public final class NotKept extends Refusal {

	NotKept(Position position, TopicState state) {
		super(ErrorType.NOT_KEPT,
				"Topic '%s' has no publication '%s': %s.".formatted(state.topic(), position, state.kept()));
	}

}
