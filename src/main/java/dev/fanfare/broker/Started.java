package dev.fanfare.broker;

import dev.fanfare.topic.Position;

/**
 * Say how a subscription has begun, now that it is live.
 *
 * @param position where the topic stands: everything after it is still to come
 * @param recovered whether nothing is missing of what was asked for
 * @param replayed how many publications of the past were delivered
 */
public record Started(Position position, boolean recovered, long replayed) {
}
