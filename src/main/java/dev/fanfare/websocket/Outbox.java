package dev.fanfare.websocket;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Send to one connection without ever waiting for its reader.
 * <p>
 * A lane {@linkplain #queue queues} the messages of a drain and {@linkplain #flush
 * flushes} once. All but the last are given to the {@link Line} as parts of a batch,
 * which it gathers; the last one goes without that mark, so all are written, and its
 * callback tells when the network has them: <pre>
 *   queue a   queue b   queue c   flush
 *             a-batch   b-batch   c-write -&gt; flight lands, bytes are no longer unsent
 * </pre> Replies go out at once by {@link #send}, from any thread.
 * <p>
 * What is unsent is counted in bytes, and some more for each message. A
 * {@linkplain #isSlow slow} reader is closed when they are over the limit, any other only
 * when they are over a burst's, since at a gigabyte per second a megabyte is a
 * millisecond. What the line still holds for it is dropped then. Publishers do not wait
 * for slow readers.
 */
public final class Outbox {

	/** How many times the limit a reader may be behind who is not slow. */
	private static final int BURST = 16;

	/** Which part of the limit may be unsent when a reader of the past is sent more. */
	private static final int SHARE_OF_THE_PATIENT = 4;

	/**
	 * What a message takes in frames and objects beside its payload until it is sent: a
	 * reader of empty messages can be behind as well. No more than the intake counts.
	 */
	private static final int OVERHEAD_BYTES = 256;

	private final String id;

	private final Line line;

	private final Connections connections;

	private final long limit;

	private final long patienceNanos;

	private final AtomicLong unsent = new AtomicLong();

	/** The flights that have not landed, oldest first; bounded by {@link #limit}. */
	private final Queue<Flight> flights = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

	private final AtomicBoolean closeSent = new AtomicBoolean();

	/** Taken last; guards nothing but the waiting for {@link #roomIsMade}. */
	private final ReentrantLock room = new ReentrantLock();

	private final Condition roomIsMade = this.room.newCondition();

	/** Written with the lock, read without it, so that nobody takes it in vain. */
	private volatile int waitingForRoom;

	private volatile long lastSent = System.nanoTime();

	/** Belongs to the thread of the ticks. */
	private long lastPinged = this.lastSent;

	/**
	 * The last message queued and what was queued since the last flush; the lane's thread
	 * only.
	 */
	private @Nullable Payload last;

	private long queued;

	Outbox(String id, Line line, Connections connections, long limit, long patienceNanos) {
		this.id = id;
		this.line = line;
		this.connections = connections;
		this.limit = limit;
		this.patienceNanos = patienceNanos;
	}

	/**
	 * Add a message to the next flush. Called by the connection's lane only, like
	 * {@link #flush}.
	 */
	public void queue(Payload payload) {
		if (!take(weight(payload))) {
			return;
		}
		this.queued += weight(payload);
		if (this.last != null) {
			this.line.send(this.last, Callback.NOOP, true);
		}
		this.last = payload;
	}

	/**
	 * Send what was queued.
	 * @param sent run once, on any thread: when the network has it, or when the reader is
	 * slow or gone
	 */
	public void flush(Runnable sent) {
		Payload payload = this.last;
		if (payload == null) {
			sent.run();
			return;
		}
		Flight flight = new Flight(this.queued, sent);
		this.last = null;
		this.queued = 0;
		launch(flight, payload);
	}

	/** Send a message at once, from any thread. */
	public void send(Payload payload) {
		if (take(weight(payload))) {
			launch(new Flight(weight(payload), null), payload);
		}
	}

	/** Send messages at once, in their order, from any thread but with one write. */
	public void send(List<Payload> payloads) {
		int bytes = payloads.stream().mapToInt(Outbox::weight).sum();
		if (!payloads.isEmpty() && take(bytes)) {
			payloads.subList(0, payloads.size() - 1).forEach((payload) -> this.line.send(payload, Callback.NOOP, true));
			launch(new Flight(bytes, null), payloads.getLast());
		}
	}

	/**
	 * Wait until so little is unsent that a reader of the past can be sent more, a part
	 * of what it may be behind.
	 * @return whether the connection is still open
	 */
	public boolean awaitRoom() throws InterruptedException {
		return awaitUnsent(this.limit / SHARE_OF_THE_PATIENT);
	}

	/**
	 * Wait while more is unsent than a slow reader may be behind.
	 * <p>
	 * For the thread that reads the connection, before it answers another message: a
	 * client that does not read its answers is not read from, and holds up itself alone,
	 * until it is closed as slow.
	 * @return whether the connection is still open
	 */
	public boolean awaitReader() {
		try {
			return awaitUnsent(this.limit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private boolean awaitUnsent(long most) throws InterruptedException {
		if (this.unsent.get() <= most) {
			return !isClosing();
		}
		this.room.lock();
		try {
			this.waitingForRoom++;
			while (!isClosing() && this.unsent.get() > most) {
				this.roomIsMade.await();
			}
			return !isClosing();
		}
		finally {
			this.waitingForRoom--;
			this.room.unlock();
		}
	}

	/** Let those go on who wait for room, if there is some. */
	private void makeRoom() {
		if (isClosing() || this.unsent.get() <= this.limit) {
			this.room.lock();
			try {
				this.roomIsMade.signalAll();
			}
			finally {
				this.room.unlock();
			}
		}
	}

	/**
	 * End the connection. Only the first reason counts; nothing is taken from here on.
	 * <p>
	 * What was taken is sent before the close frame, unless the reader is closed because
	 * it is slow.
	 */
	public void close(CloseReason reason) {
		close(reason, reason.text());
	}

	/**
	 * End the connection as {@link #close(CloseReason)} does, with a text of its own.
	 * @param text what the close frame says, at most 123 bytes in UTF-8
	 */
	public void close(CloseReason reason, String text) {
		Closing begun = new Closing(reason, text, System.nanoTime());
		if (!this.closing.compareAndSet(null, begun)) {
			return;
		}
		makeRoom();
		if (reason == CloseReason.SLOW_READER || this.unsent.get() == 0) {
			sendClose(begun);
		}
	}

	/** Return the id of Spring's session. */
	public String id() {
		return this.id;
	}

	/** Return the most bytes that may be unsent for a slow reader. */
	public long limit() {
		return this.limit;
	}

	/** Tell whether the end of the connection has begun. */
	public boolean isClosing() {
		return this.closing.get() != null;
	}

	/** Tell whether the network has taken everything. */
	public boolean isEmpty() {
		return this.unsent.get() == 0;
	}

	/** Return when a message was last sent, by {@link System#nanoTime()}. */
	public long lastSent() {
		return this.lastSent;
	}

	@Nullable CloseReason closeReason() {
		Closing begun = this.closing.get();
		return (begun != null) ? begun.reason() : null;
	}

	/**
	 * Note the time: let publishers go on without a slow reader and close it if it is too
	 * far behind, ping a quiet one, cut off one that does not close.
	 */
	void tick(long now, long keepAliveNanos, long closeTimeoutNanos) {
		Closing begun = this.closing.get();
		if (begun != null) {
			if (now - begun.since() > closeTimeoutNanos) {
				this.connections.run(this.line::abort);
			}
			return;
		}
		if (isSlow(now)) {
			this.flights.forEach(Flight::settle);
			if (this.unsent.get() > this.limit) {
				close(CloseReason.SLOW_READER);
			}
		}
		else if (now - Math.max(this.lastSent, this.lastPinged) > keepAliveNanos) {
			this.lastPinged = now;
			this.line.ping();
		}
	}

	/** Let go of everybody who waits for this connection: it is gone. */
	void abandon() {
		this.closing.compareAndSet(null, new Closing(CloseReason.NORMAL, "", System.nanoTime()));
		this.flights.forEach(Flight::settle);
		makeRoom();
	}

	private boolean take(int bytes) {
		if (isClosing()) {
			return false;
		}
		long behind = this.unsent.addAndGet(bytes);
		if (behind > this.limit && (behind > BURST * this.limit || isSlow(System.nanoTime()))) {
			close(CloseReason.SLOW_READER);
			return false;
		}
		return true;
	}

	private void launch(Flight flight, Payload payload) {
		this.flights.add(flight);
		this.lastSent = flight.since;
		if (isClosing() || isSlow(flight.since)) {
			flight.settle();
		}
		this.line.send(payload, flight, false);
	}

	/**
	 * Tell whether this reader is slower than others: its oldest flight has been up for
	 * longer than the patience, and others that started later by as much have landed.
	 * Where nobody's land, the machine or the network is at its limit, and ten times as
	 * much patience is right.
	 */
	private boolean isSlow(long now) {
		Flight oldest = this.flights.peek();
		if (oldest == null || now - oldest.since <= this.patienceNanos) {
			return false;
		}
		return this.connections.latestLanded() - oldest.since > this.patienceNanos
				|| now - oldest.since > 10 * this.patienceNanos;
	}

	private void landed(Flight flight) {
		this.flights.remove(flight);
		long left = this.unsent.addAndGet(-flight.bytes);
		flight.settle();
		if (this.waitingForRoom > 0) {
			makeRoom();
		}
		Closing begun = this.closing.get();
		if (left == 0 && begun != null) {
			sendClose(begun);
		}
	}

	private void sendClose(Closing begun) {
		if (this.closeSent.compareAndSet(false, true)) {
			// Not on this thread: closing runs listeners of the application, and this may
			// be a lane.
			this.connections.run(() -> this.line.close(begun.reason(), begun.text()));
		}
	}

	private static int weight(Payload payload) {
		return payload.size() + OVERHEAD_BYTES;
	}

	private record Closing(CloseReason reason, String text, long since) {
	}

	/** Wait for the network to take the bytes of one flush. */
	private final class Flight implements Callback {

		private final long bytes;

		private final long since = System.nanoTime();

		private final AtomicReference<@Nullable Runnable> sent;

		private Flight(long bytes, @Nullable Runnable sent) {
			this.bytes = bytes;
			this.sent = new AtomicReference<>(sent);
		}

		@Override
		public void succeeded() {
			if (this.sent.get() != null) {
				Outbox.this.connections.landed(this.since);
			}
			landed(this);
		}

		@Override
		public void failed(Throwable cause) {
			landed(this);
		}

		private void settle() {
			Runnable waiting = this.sent.getAndSet(null);
			if (waiting != null) {
				waiting.run();
			}
		}

	}

}
