package dev.fanfare.broker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.fanfare.topic.Draft;

import org.springframework.util.unit.DataSize;

/**
 * Bound the work that was accepted and is not sent yet.
 * <p>
 * A publication weighs its bytes times its readers, because that is what is left to do
 * for it. Publishers are admitted first come, first served, while the weight in flight is
 * below the limit: <pre>
 *   publisher --admit--&gt; [engine] --charge--&gt; [lane's queue] --&gt; [outboxes] --discharge--&gt;
 *             &lt;-release--                                        (nine readers in ten, see Drain)
 * </pre> Lanes charge without waiting, since announcing must not block; each admitted
 * publisher can do so once per lane, so the weight in flight stays below (1 + lanes)
 * times the limit.
 */
final class Intake {

	/**
	 * The least number of readers a publication is weighed with: no connection has more
	 * than this part of the limit on its way to it, unless it is among the slowest.
	 */
	static final int LEAST_READERS = 64;

	/**
	 * What a publication takes for a reader beside its bytes, about: many are sent with
	 * one write, and share the frames.
	 */
	private static final int OVERHEAD_BYTES = 64;

	/** Permits are counted in KiB, so that an int holds them. */
	private static final int UNIT = 1024;

	private final Permits permits;

	private final int limit;

	/** Publishers that are inside: admitted and not done. */
	private final AtomicInteger inside = new AtomicInteger();

	private volatile boolean closed;

	Intake(DataSize limit) {
		this.limit = (int) Math.clamp(limit.toBytes() / UNIT, 1, Integer.MAX_VALUE / 64);
		this.permits = new Permits(this.limit);
	}

	/**
	 * Return the weight of a publication for a number of readers.
	 * @return a part of the limit, the whole of it at most
	 */
	int weight(Draft draft, int readers) {
		// Without a reader all that is left to do is to store it.
		int counted = (readers > 0) ? Math.max(readers, LEAST_READERS) : 1;
		long work = ((long) draft.size() + OVERHEAD_BYTES) * counted;
		return (int) Math.clamp(work / UNIT, 1, this.limit);
	}

	/** Return the weight of two together, the whole of the limit at most. */
	int sum(int one, int other) {
		return Math.min(one + other, this.limit);
	}

	/**
	 * Wait for room and take it.
	 * @param weight how much
	 * @param patience how long to wait at most
	 * @return closed by the publisher when its publication has been charged
	 * @throws Overloaded if there is no room in time
	 * @throws ShuttingDown if nothing is taken any more
	 */
	Admission admit(long weight, Duration patience) {
		int taken = (int) Math.min(weight, this.limit);
		try {
			if (!this.permits.tryAcquire(taken, patience.toNanos(), TimeUnit.NANOSECONDS)) {
				throw this.closed ? new ShuttingDown() : new Overloaded(patience);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ShuttingDown();
		}
		this.inside.incrementAndGet();
		Admission admission = () -> {
			this.permits.release(taken);
			this.inside.decrementAndGet();
		};
		if (this.closed) {
			admission.close();
			throw new ShuttingDown();
		}
		return admission;
	}

	/** Return the bytes that may be on their way, about. */
	long limitBytes() {
		return (long) this.limit * UNIT;
	}

	/** Return the bytes that are on their way or taken by publishers, about. */
	long usedBytes() {
		return Math.max(0, (long) this.limit - this.permits.availablePermits()) * UNIT;
	}

	/** Return how many publishers wait for room, about. */
	int waiting() {
		return this.permits.getQueueLength();
	}

	void charge(int weight) {
		this.permits.reducePermits(weight);
	}

	void discharge(int weight) {
		this.permits.release(weight);
	}

	/**
	 * Admit nobody from now on, send those away who wait, and wait until nobody is
	 * inside.
	 * @return whether that was reached in time
	 */
	boolean close(Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		this.closed = true;
		// Those who wait get in, see that it is closed, and leave.
		this.permits.release(this.limit);
		while (this.inside.get() > 0) {
			if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
				return false;
			}
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		return true;
	}

	/** Admit publishers again after {@link #close}. */
	void open() {
		if (this.closed) {
			this.permits.reducePermits(this.limit);
			this.closed = false;
		}
	}

	/** Give back the room a publisher took for itself. */
	interface Admission extends AutoCloseable {

		@Override
		void close();

	}

	private static final class Permits extends Semaphore {

		Permits(int permits) {
			super(permits, true);
		}

		@Override
		public void reducePermits(int reduction) {
			super.reducePermits(reduction);
		}

	}

}
