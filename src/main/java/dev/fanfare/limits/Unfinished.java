package dev.fanfare.limits;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Bound what clients have the node keep of things they have begun and not ended: messages
 * in fragments, half frames, open transactions, half bodies. Each is bounded by itself;
 * this is for all of them together, or a thousand clients with a little each would take
 * the heap.
 */
final class Unfinished {

	/** Which part of all one address may have. */
	private static final int SHARE_OF_ONE = 4;

	private static final Duration LATER = Duration.ofSeconds(5);

	private final long most;

	private final AtomicLong all = new AtomicLong();

	/** What each address has; it has no entry for nothing. */
	private final Map<Address, Long> ofOne = new ConcurrentHashMap<>();

	Unfinished(long most) {
		this.most = most;
	}

	/**
	 * Take more, or give some back.
	 * @throws LimitReached if it is more than there is room for, and then nothing is
	 * taken
	 */
	void change(@Nullable Address from, long bytes) {
		if (bytes == 0) {
			return;
		}
		if (this.all.addAndGet(bytes) > this.most && bytes > 0) {
			this.all.addAndGet(-bytes);
			throw LimitReached.ofBytes(this.most, LATER);
		}
		if (from != null && add(from, bytes) > this.most / SHARE_OF_ONE && bytes > 0) {
			this.all.addAndGet(-bytes);
			add(from, -bytes);
			throw LimitReached.ofBytes(this.most / SHARE_OF_ONE, LATER);
		}
	}

	long all() {
		return this.all.get();
	}

	/** Return how many addresses have something. */
	int addresses() {
		return this.ofOne.size();
	}

	private long add(Address from, long bytes) {
		Long now = this.ofOne.merge(from, bytes, (one, other) -> (one + other != 0) ? one + other : null);
		return (now != null) ? now : 0;
	}

}
