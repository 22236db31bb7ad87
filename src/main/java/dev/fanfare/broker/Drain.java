package dev.fanfare.broker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wait for the readers of one {@link Round} and then give its weight back to the intake.
 * <p>
 * Nine readers in ten set the pace. A few that are stuck change nothing for anybody, and
 * when most readers cannot take more (the machine or the network is at its limit),
 * publishers feel it.
 */
final class Drain implements Runnable {

	private final AtomicInteger awaited;

	private final Runnable done;

	/**
	 * Begin to wait.
	 * @param connections how many connections the round is flushed to, one at least
	 * @param done run once, on the thread of the flush that completes the nine in ten
	 */
	Drain(int connections, Runnable done) {
		this.awaited = new AtomicInteger(connections - connections / 10);
		this.done = done;
	}

	/** Note that one more connection has been sent its share. */
	@Override
	public void run() {
		if (this.awaited.decrementAndGet() == 0) {
			this.done.run();
		}
	}

}
