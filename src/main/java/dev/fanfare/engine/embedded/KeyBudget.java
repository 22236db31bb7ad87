package dev.fanfare.engine.embedded;

import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.topic.TopicName;

/** Bound the idempotency keys that are remembered by all topics together. */
final class KeyBudget {

	private final int limit;

	private final AtomicInteger used = new AtomicInteger();

	KeyBudget(int limit) {
		this.limit = limit;
	}

	/**
	 * Make room for one key.
	 * @throws TooManyIdempotencyKeys if there is none
	 */
	void take(TopicName topic) {
		if (this.used.incrementAndGet() > this.limit) {
			this.used.decrementAndGet();
			throw new TooManyIdempotencyKeys(topic, this.limit);
		}
	}

	/** Count keys that are there whatever the limit is. */
	void force(int keys) {
		this.used.addAndGet(keys);
	}

	void giveBack(int keys) {
		this.used.addAndGet(-keys);
	}

}
