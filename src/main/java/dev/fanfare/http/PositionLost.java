package dev.fanfare.http;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;

/** State that a history cannot be read from a position without missing something. */
final class PositionLost extends Refusal {

	PositionLost(String parameter, Position position, TopicState state) {
		super(ErrorType.POSITION_LOST, "'%s' is '%s', and topic '%s' %s: %s.".formatted(parameter, position,
				state.topic(), why(position, state), state.kept()));
	}

	private static String why(Position position, TopicState state) {
		if (!position.epoch().equals(state.position().epoch())) {
			return "has begun a new epoch";
		}
		return (position.offset() > state.position().offset()) ? "has not got that far"
				: "no longer has all that came after it";
	}

}
