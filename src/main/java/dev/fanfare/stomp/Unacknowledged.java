package dev.fanfare.stomp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.Outbox;

/**
 * Keep what one subscription was sent and has not acknowledged, and what waits until it
 * does: <pre>
 *   offer --&gt; waiting --room--&gt; sent --ACK--&gt; gone
 *                                 ^  \--NACK--&gt; sent again, or given up
 * </pre> There is room while fewer messages than the window are unacknowledged. What is
 * kept, waiting or sent, is bounded by the most bytes a reader may be behind; over that
 * its connection is closed as slow. Messages are sent under the lock, so that their order
 * is that of the offers. The lane offers, the connection's thread acknowledges.
 */
final class Unacknowledged {

	/** Guards all fields; Jetty's locks are taken within it. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition roomIsMade = this.lock.newCondition();

	private final StompSubscription subscription;

	private final Outbox outbox;

	private final int window;

	private final int maxRedeliveries;

	private final Queue<OutgoingMessage> waiting = new ArrayDeque<>();

	private final Map<String, Sent> sent = new LinkedHashMap<>();

	private long bytes;

	private boolean ended;

	Unacknowledged(StompSubscription subscription, Outbox outbox, int window, int maxRedeliveries) {
		this.subscription = subscription;
		this.outbox = outbox;
		this.window = window;
		this.maxRedeliveries = maxRedeliveries;
	}

	/** Send the message when there is room. */
	void offer(OutgoingMessage message) {
		this.lock.lock();
		try {
			this.bytes += message.size();
			if (this.bytes > this.outbox.limit()) {
				this.outbox.close(CloseReason.SLOW_READER);
				return;
			}
			this.waiting.add(message);
			sendWaiting();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tell whether a message that is offered now is sent at once. */
	boolean hasRoom() {
		this.lock.lock();
		try {
			return this.sent.size() < this.window && this.waiting.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until there is {@linkplain #hasRoom() room}.
	 * @return whether the subscription goes on
	 */
	boolean awaitRoom() throws InterruptedException {
		this.lock.lock();
		try {
			while (!this.ended && !hasRoom()) {
				this.roomIsMade.await();
			}
			return !this.ended;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Let nobody wait any more. */
	void end() {
		this.lock.lock();
		try {
			this.ended = true;
			this.roomIsMade.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tell whether the message was sent and not acknowledged. */
	boolean holds(String message) {
		this.lock.lock();
		try {
			return this.sent.containsKey(message);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return the messages that were sent and an ACK of this one speaks for. */
	List<String> concernedBy(String message, boolean cumulative) {
		this.lock.lock();
		try {
			return concerned(message, cumulative).stream().map((each) -> each.message().id()).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget the message, and those sent before it if the ACK speaks for them, and send
	 * what waits.
	 */
	void acknowledge(String message, boolean cumulative) {
		this.lock.lock();
		try {
			concerned(message, cumulative).forEach(this::forget);
			sendWaiting();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send the message again, and those sent before it if the NACK speaks for them.
	 * @return those that were sent as often as may be, and are given up
	 */
	List<OutgoingMessage> reject(String message, boolean cumulative) {
		this.lock.lock();
		try {
			List<OutgoingMessage> givenUp = new ArrayList<>();
			for (Sent each : concerned(message, cumulative)) {
				if (each.redeliveries() >= this.maxRedeliveries) {
					forget(each);
					givenUp.add(each.message());
				}
				else {
					send(new Sent(each.message(), each.redeliveries() + 1));
				}
			}
			sendWaiting();
			return givenUp;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Sent> concerned(String message, boolean cumulative) {
		Sent named = this.sent.get(message);
		if (named == null) {
			return List.of();
		}
		if (!cumulative) {
			return List.of(named);
		}
		List<Sent> concerned = new ArrayList<>();
		for (Sent each : this.sent.values()) {
			concerned.add(each);
			if (each == named) {
				break;
			}
		}
		return concerned;
	}

	private void forget(Sent gone) {
		this.sent.remove(gone.message().id());
		this.bytes -= gone.message().size();
	}

	private void sendWaiting() {
		while (this.sent.size() < this.window && !this.waiting.isEmpty()) {
			send(new Sent(this.waiting.remove(), 0));
		}
		if (hasRoom()) {
			this.roomIsMade.signalAll();
		}
	}

	/**
	 * Send it as the last one: what was sent again comes after what was sent meanwhile.
	 */
	private void send(Sent next) {
		this.sent.remove(next.message().id());
		this.sent.put(next.message().id(), next);
		this.outbox.send(this.subscription.frame(next.message(), next.redeliveries()));
	}

	/**
	 * Hold a message that was sent.
	 *
	 * @param message what was sent
	 * @param redeliveries how often it was sent again
	 */
	private record Sent(OutgoingMessage message, int redeliveries) {
	}

}
