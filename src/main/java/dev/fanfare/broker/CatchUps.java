package dev.fanfare.broker;

import java.util.concurrent.atomic.LongAdder;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRules;

/**
 * Start the catching up of subscriptions, each on a virtual thread of its own where there
 * is something to read; there is one at most for each subscription.
 */
final class CatchUps {

	private final Engine engine;

	private final TopicRules rules;

	private final LongAdder started = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final LongAdder replayed = new LongAdder();

	private final LongAdder lost = new LongAdder();

	CatchUps(Engine engine, TopicRules rules) {
		this.engine = engine;
		this.rules = rules;
	}

	/** Tell whether a topic has a history from which to go on. */
	boolean canReplay(TopicName topic) {
		return this.rules.of(topic).keeps();
	}

	/**
	 * Deliver what a subscription asks for of the past, then make it live. One that asks
	 * for nothing is live when this returns.
	 */
	void begin(Subscription subscription, StartAt start) {
		CatchUp catchUp = new CatchUp(subscription, this.engine);
		if (start instanceof StartAt.Live) {
			catchUp.run(start);
		}
		else {
			run(catchUp, start);
		}
	}

	/** Deliver what comes after a position, then make it live again. */
	void goOn(Subscription subscription, Position after) {
		run(new CatchUp(subscription, this.engine), new StartAt.After(after, StartAt.IfLost.ERROR));
	}

	private void run(CatchUp catchUp, StartAt start) {
		this.started.increment();
		Thread.ofVirtual().name("catch-up").start(() -> {
			try {
				catchUp.run(start);
			}
			finally {
				this.ended.increment();
				this.replayed.add(catchUp.replayed());
				this.lost.add(catchUp.recovered() ? 0 : 1);
			}
		});
	}

	/** Return how many have begun. */
	long started() {
		return this.started.sum();
	}

	/** Return how many are under way. */
	long active() {
		// In this order: one that ends between is under way rather than less than none.
		long over = this.ended.sum();
		return this.started.sum() - over;
	}

	/** Return how many publications of the past were delivered by those that are over. */
	long replayed() {
		return this.replayed.sum();
	}

	/** Return how many met a gap that their topic no longer keeps. */
	long lost() {
		return this.lost.sum();
	}

}
