package dev.fanfare.broker;

import dev.fanfare.topic.Position;

/**
 * Say where a topic has what somebody wanted published.
 *
 * @param position the position in its topic
 * @param duplicate whether it was there before, under the same idempotency key
 */
public record Stored(Position position, boolean duplicate) {
}
