package dev.fanfare.websocket;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Connection;
import dev.fanfare.limits.LimitReached;
import dev.fanfare.limits.Seat;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Send to one connection without ever waiting for its reader.
 * <p>
 * A lane {@linkplain #queue queues} the payloads of a round and {@linkplain #flush
 * flushes} once, so that all of them are given to the {@link Line} together: <pre>
 *   queue a   queue b   queue c   flush
 *                                 a b c -&gt; flight lands, bytes are no longer unsent
 * </pre> Replies go out at once by {@link #send}, from any thread.
 * <p>
 * What is unsent is counted in bytes, and some more for each message. A reader who is
 * {@linkplain Pace slower than the others} is closed when they are over the limit, any
 * other only when they are over a burst's, since at a gigabyte per second a megabyte is a
 * millisecond. What the line still holds for it is dropped then. Publishers do not wait
 * for slow readers.
 */
public final class Outbox implements Connection {

	// Fields rather than objects of their own: a lane goes from one outbox to the next,
	// and each line of memory that it has to fetch shows.
	private static final AtomicLongFieldUpdater<Outbox> UNSENT = AtomicLongFieldUpdater.newUpdater(Outbox.class,
			"unsent");

	private static final AtomicReferenceFieldUpdater<Outbox, @Nullable Closing> CLOSING = AtomicReferenceFieldUpdater
		.newUpdater(Outbox.class, Closing.class, "closing");

	/** How many times the limit a reader may be behind who is not slow. */
	private static final int BURST = 16;

	/** Which part of the limit may be unsent when a reader of the past is sent more. */
	private static final int SHARE_OF_THE_PATIENT = 4;

	/**
	 * What a payload takes in objects beside its bytes until it is sent: a reader of
	 * empty messages can be behind as well.
	 */
	private static final int OVERHEAD_BYTES = 256;

	private static final Duration LONG_AGO = Duration.ofDays(365);

	private final String id;

	private final Line line;

	/** Has the time told to it soon. */
	private final Runnable wake;

	private final Connections connections;

	private final long limit;

	private volatile long unsent;

	private final ConnectionKind kind;

	/**
	 * Counted by whoever writes to the line, one after the other, before it changes
	 * {@link #unsent}; whoever asks reads that first.
	 */
	private long sentMessages;

	private long sentBytes;

	private final AtomicLong dropped = new AtomicLong();

	/** Of the thread that reads the connection. */
	private volatile long receivedMessages;

	private volatile long receivedBytes;

	/**
	 * The flights that the network did not take at once and that have not landed, oldest
	 * first; bounded by {@link #limit}.
	 */
	private final Queue<Flight> flights = new ConcurrentLinkedQueue<>();

	private volatile @Nullable Closing closing;

	private final Room room = new Room();

	/** Where what is sent counts; nowhere where nothing limits that. */
	private final @Nullable Seat metered;

	/** Bytes that were sent and are not counted there yet. */
	private final AtomicLong uncounted = new AtomicLong();

	private volatile Caller caller = new Caller.Guest();

	private volatile long lastSent = System.nanoTime();

	/** When that was flushed which landed last, of what lanes have flushed. */
	private volatile long landedSince = this.lastSent - LONG_AGO.toNanos();

	/**
	 * Whether publishers go on without this reader; the thread of the ticks writes it.
	 */
	private volatile boolean slow;

	/** Belongs to the thread of the ticks. */
	private long lastPinged = this.lastSent;

	/** What was queued since the last flush, and its weight; the lane's thread only. */
	private List<Payload> queued = List.of();

	private long queuedWeight;

	Outbox(String id, Line line, Runnable wake, Connections connections, long limit, ConnectionKind kind,
			@Nullable Seat metered) {
		this.id = id;
		this.kind = kind;
		this.line = line;
		this.wake = wake;
		this.connections = connections;
		this.limit = limit;
		this.metered = metered;
	}

	/**
	 * Add payloads to the next flush. Called by the connection's lane only, like
	 * {@link #flush}.
	 * @return whether that is needed because of them: nothing was queued before
	 */
	public boolean queue(List<Payload> payloads) {
		long weight = weight(payloads);
		if (!take(weight)) {
			this.dropped.addAndGet(messages(payloads));
			return false;
		}
		boolean first = this.queued.isEmpty();
		this.queued = first ? payloads : Stream.concat(this.queued.stream(), payloads.stream()).toList();
		this.queuedWeight += weight;
		return first;
	}

	/** Add one payload to the next flush, as {@link #queue(List)} does. */
	public boolean queue(Payload payload) {
		return queue(List.of(payload));
	}

	@Override
	public void flush(Runnable sent) {
		List<Payload> payloads = this.queued;
		if (payloads.isEmpty()) {
			sent.run();
			return;
		}
		Flight flight = new Flight(this.queuedWeight, payloads, sent);
		this.queued = List.of();
		this.queuedWeight = 0;
		launch(flight, payloads);
	}

	/** Send a payload at once, from any thread. */
	public void send(Payload payload) {
		send(List.of(payload));
	}

	/** Send payloads at once, in their order, from any thread. */
	public void send(List<Payload> payloads) {
		long weight = weight(payloads);
		if (!payloads.isEmpty() && take(weight)) {
			launch(new Flight(weight, payloads, null), payloads);
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
		this.room.await(() -> isClosing() || this.unsent <= most);
		return !isClosing();
	}

	/** Note whose connection it is: it ends when they are no longer let in. */
	public void belongsTo(Caller caller) {
		this.caller = caller;
		endIfNotAdmitted();
	}

	/** End the connection if the token of its caller has ended or was revoked. */
	void endIfNotAdmitted() {
		if (this.caller instanceof Caller.User user && !isClosing()) {
			this.connections.objection(user).ifPresent(this::close);
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
		close(reason, reason.code(), text);
	}

	/** End the connection as {@link #close(CloseReason, String)} does, with that code. */
	public void close(CloseReason reason, int code, String text) {
		close(new Closing(reason, code, text, null));
	}

	/**
	 * End the connection as {@link #close(CloseReason)} does, since the server restarts
	 * or has its clients move, and ask the client to come back.
	 * @param wait after how long, to a tenth of a second
	 */
	void leave(Duration wait) {
		CloseReason reason = CloseReason.SERVICE_RESTART;
		String text = String.format(Locale.ROOT, "%s; retry-after=%.1f", reason.text(), wait.toMillis() / 1000.0);
		close(new Closing(reason, reason.code(), text, wait));
	}

	private void close(Closing begun) {
		if (!CLOSING.compareAndSet(this, null, begun)) {
			return;
		}
		this.wake.run();
		this.room.made();
		if (begun.reason() == CloseReason.SLOW_READER || this.unsent == 0) {
			sendClose(begun);
		}
	}

	/** Tell whether the client can be sent {@linkplain Payload#deflated() compressed}. */
	public boolean compresses() {
		return this.line.compresses();
	}

	/** Return the id of Spring's session. */
	public String id() {
		return this.id;
	}

	/** Return what is spoken on the connection. */
	public ConnectionKind kind() {
		return this.kind;
	}

	/** Return the most bytes that may be unsent for a slow reader. */
	public long limit() {
		return this.limit;
	}

	/** Tell whether the end of the connection has begun. */
	public boolean isClosing() {
		return this.closing != null;
	}

	/**
	 * Count a message of the client; called by the thread that reads the connection.
	 * @param bytes how many its payload has
	 */
	@SuppressWarnings("NonAtomicOperationOnVolatileField")
	public void received(int bytes) {
		this.receivedMessages++;
		this.receivedBytes += bytes;
	}

	/** Return how many messages of the client came. */
	public long receivedMessages() {
		return this.receivedMessages;
	}

	/** Return how many bytes these had. */
	public long receivedBytes() {
		return this.receivedBytes;
	}

	/** Return how many messages the network has taken, heart-beats among them. */
	public long sentMessages() {
		unsent();
		return this.sentMessages;
	}

	/** Return how many bytes these had, with all that frames them. */
	public long sentBytes() {
		unsent();
		return this.sentBytes;
	}

	/** Return how many messages were not sent, as the end of the connection had begun. */
	long dropped() {
		return this.dropped.get();
	}

	/** Return how many bytes are unsent, with some more for each message. */
	public long unsent() {
		return this.unsent;
	}

	/** Tell whether publishers go on without this reader. */
	boolean isSlow() {
		return this.slow;
	}

	/** Tell whether the network has taken everything. */
	public boolean isEmpty() {
		return this.unsent == 0;
	}

	/** Return when a message was last sent, by {@link System#nanoTime()}. */
	public long lastSent() {
		return this.lastSent;
	}

	@Nullable CloseReason closeReason() {
		Closing begun = this.closing;
		return (begun != null) ? begun.reason() : null;
	}

	/** Return when the oldest was sent that has not landed, now if there is nothing. */
	long waitingSince(long now) {
		Flight oldest = this.flights.peek();
		return (oldest != null) ? oldest.since : now;
	}

	/** Return when a lane flushed what landed last, long ago if nothing ever did. */
	long landedSince() {
		return this.landedSince;
	}

	/**
	 * Note the time: let publishers go on without a slow reader and close it if it is too
	 * far behind, ping a quiet one, cut off one that does not close.
	 */
	void tick(Pace pace, long keepAliveNanos, long closeTimeoutNanos) {
		long now = pace.now();
		Closing begun = this.closing;
		if (begun != null) {
			if (now - begun.since() > closeTimeoutNanos) {
				this.connections.run(this.line::abort);
			}
			return;
		}
		countSent();
		endIfNotAdmitted();
		this.slow = pace.leavesBehind(waitingSince(now));
		if (this.slow) {
			this.flights.forEach(Flight::settle);
			if (this.unsent > this.limit) {
				close(CloseReason.SLOW_READER);
			}
		}
		else if (now - Math.max(this.lastSent, this.lastPinged) > keepAliveNanos) {
			this.lastPinged = now;
			this.line.ping();
		}
	}

	/** Count what was sent since the last time, and close who is sent too much. */
	private void countSent() {
		if (this.metered == null) {
			return;
		}
		long sent = this.uncounted.getAndSet(0);
		if (sent == 0) {
			return;
		}
		try {
			this.metered.sends(sent);
		}
		catch (LimitReached refusal) {
			close(CloseReason.LIMIT_REACHED, CloseReason.LIMIT_REACHED.text() + ": " + refusal.limit());
		}
	}

	/** Let go of everybody who waits for this connection: it is gone. */
	void abandon() {
		CLOSING.compareAndSet(this, null, new Closing(CloseReason.NORMAL, CloseReason.NORMAL.code(), "", null));
		this.flights.forEach(Flight::settle);
		this.room.made();
	}

	private boolean take(long weight) {
		if (isClosing()) {
			return false;
		}
		long behind = UNSENT.addAndGet(this, weight);
		if (behind > this.limit && (this.slow || behind > BURST * this.limit)) {
			close(CloseReason.SLOW_READER);
			return false;
		}
		return true;
	}

	private void launch(Flight flight, List<Payload> payloads) {
		this.lastSent = flight.since;
		if (this.metered != null) {
			this.uncounted.addAndGet(flight.bytes);
		}
		this.line.send(payloads, flight);
		if (!flight.landed) {
			waitFor(flight);
		}
		if (this.metered != null) {
			this.wake.run();
		}
	}

	/** Note what the network did not take at once; it may have it by now. */
	private void waitFor(Flight flight) {
		flight.awaited = true;
		this.flights.add(flight);
		if (flight.landed) {
			this.flights.remove(flight);
		}
		else if (this.slow || isClosing()) {
			flight.settle();
		}
		this.wake.run();
	}

	private void landed(Flight flight) {
		flight.landed = true;
		if (flight.awaited) {
			this.flights.remove(flight);
		}
		long left = UNSENT.addAndGet(this, -flight.weight);
		flight.settle();
		this.room.made();
		Closing begun = this.closing;
		if (left == 0 && begun != null) {
			sendClose(begun);
		}
	}

	private void sendClose(Closing begun) {
		if (begun.sent().compareAndSet(false, true)) {
			// Not on this thread: closing runs listeners of the application, and this may
			// be a lane.
			this.connections.run(() -> close(this.line, begun));
		}
	}

	private static void close(Line line, Closing begun) {
		if (begun.comeBackIn() != null) {
			line.comeBackIn(begun.comeBackIn());
		}
		line.close(begun.reason(), begun.code(), begun.text());
	}

	private static long weight(List<Payload> payloads) {
		long weight = 0;
		for (Payload payload : payloads) {
			weight += payload.size() + OVERHEAD_BYTES;
		}
		return weight;
	}

	private static int messages(List<Payload> payloads) {
		int messages = 0;
		for (Payload payload : payloads) {
			messages += payload.messages();
		}
		return messages;
	}

	private record Closing(CloseReason reason, int code, String text, @Nullable Duration comeBackIn, long since,
			AtomicBoolean sent) {

		private Closing(CloseReason reason, int code, String text, @Nullable Duration comeBackIn) {
			this(reason, code, text, comeBackIn, System.nanoTime(), new AtomicBoolean());
		}

	}

	/**
	 * Wait for the network to take what was sent together; refers to what is told of it,
	 * until it is.
	 */
	private final class Flight extends AtomicReference<@Nullable Runnable> implements Callback {

		private final long weight;

		private final int messages;

		private final long bytes;

		private final long since = System.nanoTime();

		private volatile boolean landed;

		/** Whether it is, or is about to be, among those that have not landed. */
		private volatile boolean awaited;

		private Flight(long weight, List<Payload> payloads, @Nullable Runnable sent) {
			super(sent);
			this.weight = weight;
			this.messages = messages(payloads);
			this.bytes = weight - (long) OVERHEAD_BYTES * payloads.size();
		}

		@Override
		public void succeeded() {
			if (get() != null) {
				Outbox.this.landedSince = this.since;
			}
			Outbox.this.sentMessages += this.messages;
			Outbox.this.sentBytes += this.bytes;
			landed(this);
		}

		@Override
		public void failed(Throwable cause) {
			Outbox.this.dropped.addAndGet(this.messages);
			landed(this);
		}

		private void settle() {
			Runnable waiting = getAndSet(null);
			if (waiting != null) {
				waiting.run();
			}
		}

	}

}
