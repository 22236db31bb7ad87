package dev.fanfare.engine.embedded;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;

/**
 * Say where a topic stands, in counts that only grow, so that what is kept is always a
 * difference.
 *
 * @param epoch which life of the topic
 * @param offset that of the newest publication
 * @param total the sizes of all publications of this life together
 * @param timestamp when the newest was accepted
 * @param trimmed the offset of the newest publication that is no longer kept
 * @param trimmedTotal the sizes of all publications up to that one
 */
record Head(String epoch, long offset, long total, long timestamp, long trimmed, long trimmedTotal) {

	static Head first(String epoch) {
		return new Head(epoch, 0, 0, 0, 0, 0);
	}

	/** Add a publication that is accepted now; time never goes back within a topic. */
	Head plus(int size, long now) {
		return new Head(this.epoch, this.offset + 1, this.total + size, Math.max(this.timestamp, now), this.trimmed,
				this.trimmedTotal);
	}

	/** Keep nothing up to that publication. */
	Head trimmedTo(long newTrimmed, long newTrimmedTotal) {
		return new Head(this.epoch, this.offset, this.total, this.timestamp, newTrimmed, newTrimmedTotal);
	}

	/** Keep nothing at all. */
	Head emptied() {
		return trimmedTo(this.offset, this.total);
	}

	/** Tell whether all is kept that was, under an earlier head, after that offset. */
	boolean keepsAllOf(Head earlier, long after) {
		return this.epoch.equals(earlier.epoch) && this.trimmed <= Math.max(after, earlier.trimmed);
	}

	/** Be in another epoch, with the same offsets. */
	Head in(String other) {
		return new Head(other, this.offset, this.total, this.timestamp, this.trimmed, this.trimmedTotal);
	}

	Position position() {
		return new Position(this.epoch, this.offset);
	}

	long count() {
		return this.offset - this.trimmed;
	}

	long bytes() {
		return this.total - this.trimmedTotal;
	}

	/**
	 * Say it to others.
	 * @param messages how many publications may be seen, though more may not be trimmed
	 * yet
	 */
	TopicState state(TopicName topic, long messages) {
		long oldest = Math.max(this.trimmed, this.offset - messages) + 1;
		return new TopicState(topic, position(), oldest, bytes(), this.timestamp);
	}

}
