package dev.fanfare.engine.embedded;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.util.unit.DataSize;

/**
 * Bound what all topics together keep in memory. When it is reached, a topic that is
 * published to keeps less.
 */
final class MemoryBudget {

	/** What a kept publication takes beside its body and headers, about. */
	private static final int OVERHEAD = 300;

	private final long limit;

	private final AtomicLong used = new AtomicLong();

	MemoryBudget(DataSize limit) {
		this.limit = limit.toBytes();
	}

	void add(long publications, long bytes) {
		this.used.addAndGet(bytes + publications * OVERHEAD);
	}

	void remove(long publications, long bytes) {
		this.used.addAndGet(-bytes - publications * OVERHEAD);
	}

	boolean isSpent() {
		return this.used.get() > this.limit;
	}

}
