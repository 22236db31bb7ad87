package dev.fanfare.testing;

import java.time.Duration;
import java.util.Arrays;

/** Collect latencies on one thread; read them when nothing is added any more. */
public final class Latencies {

	private long[] nanos = new long[4096];

	private int count;

	void add(long value) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, this.count * 2);
		}
		this.nanos[this.count++] = value;
	}

	public int count() {
		return this.count;
	}

	/** Return the latency that this part of them does not exceed. */
	public Duration quantile(double part) {
		long[] sorted = Arrays.copyOf(this.nanos, this.count);
		Arrays.sort(sorted);
		return Duration.ofNanos((this.count > 0) ? sorted[(int) Math.min(this.count - 1, this.count * part)] : 0);
	}

	@Override
	public String toString() {
		return "%d deliveries, p50 %d ms, p99 %d ms, max %d ms".formatted(this.count, quantile(0.5).toMillis(),
				quantile(0.99).toMillis(), quantile(1).toMillis());
	}

}
