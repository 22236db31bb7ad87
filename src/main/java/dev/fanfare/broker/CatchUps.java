package dev.fanfare.broker;

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

	private static void run(CatchUp catchUp, StartAt start) {
		Thread.ofVirtual().name("catch-up").start(() -> catchUp.run(start));
	}

}
