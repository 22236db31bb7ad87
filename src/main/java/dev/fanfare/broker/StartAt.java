package dev.fanfare.broker;

import java.time.Instant;
import java.util.function.ToLongFunction;

import dev.fanfare.topic.Position;

/**
 * Say from where on a subscriber wants a topic's publications; all of them go on live.
 */
public sealed interface StartAt {

	/**
	 * Return the position after which to begin, whether or not what comes next is kept.
	 * @param state where the topic stands
	 * @param offsetBefore finds the last publication before a time
	 */
	default Position position(TopicState state, ToLongFunction<Instant> offsetBefore) {
		return switch (this) {
			case Live live -> state.position();
			case All all -> state.after(state.oldest() - 1);
			case Last last -> state.after(Math.max(state.position().offset() - last.count(), state.oldest() - 1));
			case Since since -> state.after(Math.max(offsetBefore.applyAsLong(since.time()), state.oldest() - 1));
			case From from -> state.after(Math.max(from.offset() - 1, 0));
			case After after -> after.position();
		};
	}

	/** Return what to do when what comes next is not kept. */
	default IfLost ifLost() {
		return IfLost.OLDEST;
	}

	/** Begin with what is published from now on. */
	record Live() implements StartAt {
	}

	/**
	 * Go on where the subscriber was.
	 *
	 * @param position the last publication it has seen
	 * @param ifLost what to do when what comes after that is no longer kept
	 */
	record After(Position position, IfLost ifLost) implements StartAt {
	}

	/**
	 * Begin with a publication of the topic's present epoch.
	 *
	 * @param offset which one; 0 stands for the first as 1 does
	 * @param ifLost what to do when it is not kept
	 */
	record From(long offset, IfLost ifLost) implements StartAt {
	}

	/**
	 * Begin with the newest publications that are kept.
	 *
	 * @param count how many of them
	 */
	record Last(long count) implements StartAt {
	}

	/**
	 * Begin with what was accepted at a time or after it.
	 *
	 * @param time in milliseconds as the timestamps of publications
	 */
	record Since(Instant time) implements StartAt {
	}

	/** Begin with the oldest publication that is kept. */
	record All() implements StartAt {
	}

	/** Say what to do when what a subscriber should get next is no longer kept. */
	enum IfLost {

		/** Go on with the oldest that is kept, and say so. */
		OLDEST,

		/** Go on live, and say so. */
		LIVE,

		/** Refuse. */
		ERROR

	}

}
