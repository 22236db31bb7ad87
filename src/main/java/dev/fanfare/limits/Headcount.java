package dev.fanfare.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Count what everybody has, exactly; who has nothing is not kept. So it is bounded by the
 * connections of the node and what each may have.
 *
 * @param <K> who has something, a value
 */
final class Headcount<K> {

	private final int most;

	private final Map<K, Integer> counts = new ConcurrentHashMap<>();

	/** Let everybody have so many. */
	Headcount(int most) {
		this.most = most;
	}

	/** Count one more, unless somebody has as many as may be. */
	boolean take(K key) {
		boolean[] taken = { true };
		this.counts.compute(key, (same, count) -> {
			int before = (count != null) ? count : 0;
			taken[0] = before < this.most;
			return taken[0] ? Integer.valueOf(before + 1) : count;
		});
		return taken[0];
	}

	void release(K key) {
		this.counts.computeIfPresent(key, (same, count) -> (count > 1) ? count - 1 : null);
	}

	int most() {
		return this.most;
	}

	int count(K key) {
		return this.counts.getOrDefault(key, 0);
	}

	/** Return how many have something. */
	int size() {
		return this.counts.size();
	}

}
