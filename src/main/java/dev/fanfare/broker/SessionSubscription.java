package dev.fanfare.broker;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Describe one subscription of a {@link Session}.
 *
 * @param id by which the client knows it
 * @param destination what it is for
 * @param topic the topic, if it is one
 * @param position what was handed to it last since it is live, if anything
 */
public record SessionSubscription(String id, String destination, @Nullable TopicName topic,
		@Nullable Position position) {
}
