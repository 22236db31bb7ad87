package dev.fanfare.broker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Count what one thread does, for any thread to read: adding costs what writing a field
 * does.
 */
public final class Tally {

	private final AtomicLong value = new AtomicLong();

	/** Add to it; only the thread that it belongs to does. */
	public void add(long more) {
		this.value.setRelease(this.value.getPlain() + more);
	}

	/** Return what it has come to. */
	public long value() {
		return this.value.getAcquire();
	}

}
