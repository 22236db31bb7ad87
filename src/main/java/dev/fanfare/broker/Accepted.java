package dev.fanfare.broker;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import dev.fanfare.topic.Draft;

/**
 * Count what the broker accepted in one {@link Way}.
 *
 * @param publications those that got a position of their own
 * @param bytes the bodies of these
 * @param duplicates drafts that were published before, under the same idempotency key
 */
record Accepted(LongAdder publications, LongAdder bytes, LongAdder duplicates) {

	Accepted() {
		this(new LongAdder(), new LongAdder(), new LongAdder());
	}

	void count(List<Draft> drafts, List<Stored> stored) {
		for (int at = 0; at < drafts.size(); at++) {
			if (stored.get(at).duplicate()) {
				this.duplicates.increment();
			}
			else {
				this.publications.increment();
				this.bytes.add(drafts.get(at).body().length);
			}
		}
	}

}
