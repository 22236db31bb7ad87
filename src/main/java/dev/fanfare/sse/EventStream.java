package dev.fanfare.sse;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Connection;
import dev.fanfare.broker.RefusalMeter;
import dev.fanfare.broker.Sessions;
import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.Started;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Subscription;
import dev.fanfare.broker.Train;
import dev.fanfare.limits.Hold;
import dev.fanfare.limits.Seat;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.ConnectionKind;
import dev.fanfare.websocket.Connections;
import dev.fanfare.websocket.Outbox;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;

/**
 * Send the publications of one topic to one client as events.
 * <p>
 * The stream opens when it is known that it starts, so that it can be refused with a
 * status until then. From its beginning the client knows a position: that of its last
 * event or, before the first, where the topic stood.
 */
final class EventStream implements Subscriber {

	private final ResponseLine line;

	private final Seat seat;

	private final Hold place;

	private final Outbox outbox;

	private final Connections connections;

	private final SseProperties properties;

	private final RefusalMeter refusals;

	private final Sessions sessions;

	/** Guards what follows; the outbox's locks are taken within it. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean open;

	/** What the client has, as far as is known. */
	private @Nullable Position seen;

	/** Whether what the client has is what it said itself. */
	private boolean resuming;

	private boolean toldLost;

	private @Nullable Subscription subscription;

	private boolean ended;

	/**
	 * Begin with nothing sent.
	 * @param seat given back at the end, as is the place
	 */
	EventStream(ResponseLine line, StartAt start, Seat seat, Hold place, Connections connections,
			SseProperties properties, RefusalMeter refusals, Sessions sessions) {
		this.line = line;
		this.seat = seat;
		this.place = place;
		this.connections = connections;
		this.properties = properties;
		this.refusals = refusals;
		this.sessions = sessions;
		if (start instanceof StartAt.After after) {
			this.seen = after.position();
			this.resuming = true;
		}
		line.whenAborted(this::end);
		this.outbox = connections.open(ConnectionKind.SSE, UUID.randomUUID().toString(), line, seat, this::tick,
				properties.heartbeat().dividedBy(8));
	}

	/** Note who listens: the stream ends when they are no longer let in. */
	void belongsTo(Caller caller) {
		this.outbox.belongsTo(caller);
	}

	/** Keep the subscription until the {@link #end()}, which may have come already. */
	void hears(Subscription heard, EventSession.Client client) {
		this.lock.lock();
		try {
			this.subscription = heard;
			if (this.ended) {
				heard.abandon();
			}
			else {
				this.sessions.add(new EventSession(this.outbox, client, heard));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Note how the subscription has begun, or why it has not. */
	void begun(@Nullable Started started, @Nullable Throwable failure) {
		if (started != null) {
			begun(started);
		}
		else if (failure instanceof Refusal refusal) {
			fail(refusal);
		}
		else {
			this.outbox.close(CloseReason.INTERNAL_ERROR);
		}
	}

	/** Tell the client where it is, now that the subscription is live. */
	private void begun(Started started) {
		this.lock.lock();
		try {
			open();
			if (!started.recovered() && !this.toldLost) {
				tellLost(started.position());
			}
			else if (this.seen == null) {
				this.seen = started.position();
				this.outbox.send(EventEncoder.standing(started.position()));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Let go of everything: the request is done. */
	void end() {
		this.connections.closed(this.outbox, CloseStatus.GOING_AWAY);
		this.place.close();
		this.seat.close();
		this.lock.lock();
		try {
			this.ended = true;
			this.sessions.remove(this.outbox.id());
			if (this.subscription != null) {
				this.subscription.abandon();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Connection connection() {
		return this.outbox;
	}

	@Override
	public boolean deliver(Train train) {
		Payload events = train.once(EventStream.class, EventEncoder::events);
		follow(train);
		return this.outbox.queue(events);
	}

	@Override
	public void replay(Train train) {
		follow(train);
		this.outbox.send(EventEncoder.events(train));
	}

	@Override
	public boolean awaitRoom() throws InterruptedException {
		return this.outbox.awaitRoom();
	}

	@Override
	public void fail(Refusal why) {
		this.lock.lock();
		try {
			if (this.open) {
				this.refusals.count(why);
				this.outbox.send(EventEncoder.problem(why));
			}
			else {
				this.line.refuse(why);
			}
			this.outbox.close(CloseReason.of(why.type()));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tick(long now) {
		long quiet = now - (this.open ? this.outbox.lastSent() : now);
		if (quiet > this.properties.heartbeat().toNanos() && this.outbox.isEmpty()) {
			this.outbox.send(EventEncoder.HEARTBEAT);
		}
	}

	/** Note what comes next, and tell the client when something is missing before it. */
	private void follow(Train train) {
		Position first = train.publications().getFirst().position();
		this.lock.lock();
		try {
			open();
			if (!follows(first)) {
				tellLost(new Position(first.epoch(), first.offset() - 1));
			}
			this.resuming = false;
			this.seen = train.publications().getLast().position();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean follows(Position next) {
		if (this.seen == null || this.seen.epoch().equals(next.epoch())) {
			return this.seen == null || next.offset() == this.seen.offset() + 1;
		}
		// A topic that was reset begins anew after its end, for those who were there.
		return !this.resuming && next.offset() == 1;
	}

	private void tellLost(Position position) {
		this.outbox.send(EventEncoder.lost(this.seen, position));
		this.seen = position;
		this.resuming = false;
		this.toldLost = true;
	}

	private void open() {
		if (!this.open) {
			this.open = true;
			this.outbox.send(EventEncoder.retry(this.properties.retry()));
		}
	}

}
