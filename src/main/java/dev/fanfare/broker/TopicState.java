package dev.fanfare.broker;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;

/**
 * Say where a topic stands at one moment.
 *
 * @param topic which one
 * @param position that of its newest publication; of a topic that has none, the place
 * before the first
 * @param oldest the offset of the oldest publication that is kept; one more than that of
 * the newest where none is
 * @param bytes how many bytes of bodies and headers are kept
 * @param timestamp when the newest was accepted, in milliseconds since 1970; 0 where none
 * was
 */
public record TopicState(TopicName topic, Position position, long oldest, long bytes, long timestamp) {

	/** Return the position of an offset in the present epoch. */
	public Position after(long offset) {
		return new Position(this.position.epoch(), offset);
	}

	/** Return how many publications are kept. */
	public long count() {
		return this.position.offset() - this.oldest + 1;
	}

	/** Say in words what is kept. */
	public String kept() {
		return (count() > 0)
				? "it keeps %s to %s".formatted(new Position(this.position.epoch(), this.oldest), this.position)
				: "it keeps none and stands at %s".formatted(this.position);
	}

	/**
	 * Tell whether everything after that position is kept, so that somebody who has seen
	 * it misses nothing.
	 */
	public boolean keepsAllAfter(Position seen) {
		return seen.epoch().equals(this.position.epoch()) && seen.offset() <= this.position.offset()
				&& seen.offset() >= this.oldest - 1;
	}

}
