package dev.fanfare.limits;

import org.jspecify.annotations.Nullable;

/** Count the bytes that one client has had kept for what it has not ended. */
public final class Kept implements AutoCloseable {

	private final Limits limits;

	private final @Nullable Address from;

	/** Guarded by this object's monitor, as whether it is closed. */
	private long bytes;

	private boolean closed;

	Kept(Limits limits, @Nullable Address from) {
		this.limits = limits;
		this.from = from;
	}

	/**
	 * Say how many bytes there are now.
	 * @throws LimitReached if there is no room for so many
	 */
	public void is(long now) {
		synchronized (this) {
			if (this.closed || now == this.bytes) {
				return;
			}
			this.limits.keep(this.from, now - this.bytes);
			this.bytes = now;
		}
	}

	/** Forget them all, and what comes later. */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
			if (this.bytes > 0) {
				this.limits.keep(this.from, -this.bytes);
				this.bytes = 0;
			}
		}
	}

}
