package dev.fanfare.broker;

import java.util.List;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;

/**
 * Say how far a durable subscription has come.
 *
 * @param name which one
 * @param topic what it is subscribed to
 * @param position everything up to it is done with
 * @param beyond offsets after it that are done with as well, ascending
 * @param touched when it was last used, in milliseconds since 1970
 */
public record Cursor(CursorName name, TopicName topic, Position position, List<Long> beyond, long touched) {

	public Cursor {
		beyond = List.copyOf(beyond);
	}

}
