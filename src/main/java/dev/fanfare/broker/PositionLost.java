package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;

/** State that what a subscriber should get next is no longer kept, or never was there. */
public final class PositionLost extends Refusal {

	public PositionLost(Position position, TopicState state) {
		super(ErrorType.POSITION_LOST,
				"Topic '%s' does not have all that comes after %s: it keeps %d publications and stands at %s."
					.formatted(state.topic(), position, state.count(), state.position()));
	}

}
