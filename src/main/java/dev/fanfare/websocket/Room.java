package dev.fanfare.websocket;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Have threads wait until a connection has been sent enough of what it was to be sent.
 */
final class Room {

	/** Taken last; guards nothing but the waiting. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition isMade = this.lock.newCondition();

	/** Written with the lock, read without it, so that nobody takes it in vain. */
	private volatile int waiting;

	/** Wait until that is so; it is asked again whenever {@link #made()} is called. */
	void await(BooleanSupplier enough) throws InterruptedException {
		if (enough.getAsBoolean()) {
			return;
		}
		this.lock.lock();
		try {
			this.waiting++;
			while (!enough.getAsBoolean()) {
				this.isMade.await();
			}
		}
		finally {
			this.waiting--;
			this.lock.unlock();
		}
	}

	/** Let those go on for whom there is enough now. */
	void made() {
		if (this.waiting == 0) {
			return;
		}
		this.lock.lock();
		try {
			this.isMade.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
