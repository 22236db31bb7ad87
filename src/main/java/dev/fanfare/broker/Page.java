package dev.fanfare.broker;

import java.util.List;

import dev.fanfare.topic.Publication;

/**
 * Hold some publications of one topic's history, one after the other.
 *
 * @param state where the topic stood when they were read
 * @param publications in the order of their offsets
 */
public record Page(TopicState state, List<Publication> publications) {

	public Page {
		publications = List.copyOf(publications);
	}

}
