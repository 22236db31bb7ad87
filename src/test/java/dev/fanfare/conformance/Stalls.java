package dev.fanfare.conformance;

import java.time.Duration;

/** Measure for how long this machine kept a thread from running that wanted to. */
final class Stalls implements AutoCloseable {

	private static final long NAP_MILLIS = 5;

	private final Thread thread = Thread.ofPlatform().daemon().name("stalls").start(this::measure);

	private volatile long longest;

	/** Return the longest time it was kept. */
	Duration longest() {
		return Duration.ofNanos(this.longest);
	}

	private void measure() {
		long before = System.nanoTime();
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Thread.sleep(NAP_MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
			long now = System.nanoTime();
			this.longest = Math.max(this.longest, now - before - NAP_MILLIS * 1_000_000);
			before = now;
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
