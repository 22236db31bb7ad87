package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.broker.Durable;
import dev.fanfare.broker.Subscription;
import dev.fanfare.limits.Hold;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Send messages to one subscription of a client as its SUBSCRIBE frame asked.
 * <p>
 * Each message has an id for its ACK: the subscription's id, a bar, and the message's id.
 */
final class StompSubscription {

	private static final char BAR = '|';

	private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

	private final StompConnection connection;

	private final String id;

	private final String destination;

	private final AckMode ackMode;

	private final @Nullable Unacknowledged unacknowledged;

	/** Not told by the id, which clients choose as they like. */
	private volatile boolean ofServer;

	private volatile @Nullable Durable durable;

	private volatile Hold place = Hold.NOTHING;

	private volatile @Nullable Runnable end;

	private volatile boolean ended;

	private volatile @Nullable Subscription subscribed;

	StompSubscription(StompConnection connection, String id, String destination, AckMode ackMode, int window,
			int maxRedeliveries) {
		this.connection = connection;
		this.id = id;
		this.destination = destination;
		this.ackMode = ackMode;
		this.unacknowledged = (ackMode != AckMode.AUTO)
				? new Unacknowledged(this, connection.outbox(), window, maxRedeliveries) : null;
	}

	/** Make one that acknowledges nothing, as the server does for a client. */
	static StompSubscription plain(StompConnection connection, String id, String destination) {
		StompSubscription plain = new StompSubscription(connection, id, destination, AckMode.AUTO, 1, 0);
		plain.ofServer = true;
		return plain;
	}

	/**
	 * Split the id for an ACK into those of the subscription and the message; without a
	 * bar the first is empty.
	 */
	static List<String> split(String ack) {
		int bar = ack.lastIndexOf(BAR);
		return List.of(ack.substring(0, Math.max(bar, 0)), ack.substring(bar + 1));
	}

	String id() {
		return this.id;
	}

	String destination() {
		return this.destination;
	}

	StompConnection connection() {
		return this.connection;
	}

	/** Tell whether the message was sent and is to be acknowledged. */
	boolean awaits(String message) {
		return this.unacknowledged != null && this.unacknowledged.holds(message);
	}

	/** Return the messages that an ACK or NACK of this one speaks for. */
	List<String> concernedBy(String message) {
		return (this.unacknowledged != null) ? this.unacknowledged.concernedBy(message, this.ackMode == AckMode.CLIENT)
				: List.of();
	}

	/** Tell whether messages are acknowledged here at all. */
	boolean acknowledges() {
		return this.unacknowledged != null;
	}

	/** Tell whether an operator made it, for a client that may not itself. */
	boolean isOfServer() {
		return this.ofServer;
	}

	/** Tell whether it goes on where its client was. */
	boolean isDurable() {
		return this.durable != null;
	}

	/** Have acknowledgements move a durable subscription on. */
	void follow(Durable followed) {
		this.durable = followed;
	}

	/** Tell whether a publication is to be sent: not if it was done with earlier. */
	boolean wants(Publication publication) {
		Durable followed = this.durable;
		return followed == null || followed.wants(publication.position());
	}

	/**
	 * Take the client's word that it has the message, and in client mode all that were
	 * sent before it.
	 * @return completes when that is kept as it has to be
	 */
	CompletableFuture<Void> acknowledge(String message) {
		if (this.unacknowledged == null) {
			return DONE;
		}
		List<String> concerned = concernedBy(message);
		this.unacknowledged.acknowledge(message, this.ackMode == AckMode.CLIENT);
		return done(concerned);
	}

	/**
	 * Send the message again that the client refused, and in client mode all that were
	 * sent before it.
	 * @return those that were sent as often as may be, and are given up
	 */
	List<OutgoingMessage> reject(String message) {
		if (this.unacknowledged == null) {
			return List.of();
		}
		List<OutgoingMessage> givenUp = this.unacknowledged.reject(message, this.ackMode == AckMode.CLIENT);
		done(givenUp.stream().map(OutgoingMessage::id).toList());
		return givenUp;
	}

	private CompletableFuture<Void> done(List<String> messages) {
		Durable followed = this.durable;
		return (followed != null && !messages.isEmpty())
				? followed.done(messages.stream().map(Position::parse).toList()) : DONE;
	}

	/** Tell whether what is sent next need not wait for an acknowledgement. */
	boolean hasRoom() {
		return this.unacknowledged == null || this.unacknowledged.hasRoom();
	}

	/**
	 * Wait until there is {@linkplain #hasRoom() room}.
	 * @return whether the subscription goes on
	 */
	boolean awaitRoom() throws InterruptedException {
		return this.unacknowledged == null || this.unacknowledged.awaitRoom();
	}

	/** Send a message, or keep it until there is room. */
	void send(OutgoingMessage message) {
		if (this.unacknowledged != null) {
			this.unacknowledged.offer(message);
		}
		else {
			this.connection.outbox().send(frame(message, 0));
		}
	}

	Payload frame(OutgoingMessage message, int redeliveries) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("subscription", this.id);
		headers.put("message-id", message.id());
		headers.put("destination", this.destination);
		if (this.unacknowledged != null) {
			headers.put("ack", this.id + BAR + message.id());
		}
		if (redeliveries > 0) {
			headers.put("redelivered", Integer.toString(redeliveries));
		}
		message.headers().forEach(headers::putIfAbsent);
		return StompEncoder.frame(this.connection.version(), "MESSAGE", headers, message.body());
	}

	/** Say what subscribers of a topic share, where this one shares at all. */
	@Nullable Layout layout() {
		return (this.unacknowledged == null) ? new Layout(this.connection.version(), this.id, this.destination,
				this.connection.outbox().compresses()) : null;
	}

	/**
	 * Be counted until the {@link #end()}, which may have come already.
	 * @throws dev.fanfare.topic.Refusal if there are as many as may be
	 */
	void takePlace() {
		this.place = this.connection.visitor().subscribes(this.connection.caller());
		if (this.ended) {
			this.place.close();
		}
	}

	/** Keep where its messages come from, if that is a topic. */
	void hears(Subscription subscribed) {
		this.subscribed = subscribed;
	}

	/** Return what was handed to it last since it is live, if that is known. */
	@Nullable Position position() {
		Subscription heard = this.subscribed;
		return (heard != null) ? heard.position() : null;
	}

	/** Keep what ends it; it may have ended already. */
	void endsBy(Runnable end) {
		this.end = end;
		if (this.ended) {
			end.run();
		}
	}

	/** End it where its messages come from; ending it again does nothing. */
	void end() {
		this.ended = true;
		this.place.close();
		if (this.unacknowledged != null) {
			this.unacknowledged.end();
		}
		Runnable ending = this.end;
		if (ending != null) {
			ending.run();
		}
	}

	/**
	 * Say what the frames of a train depend on: subscribers with equal ones share their
	 * bytes.
	 */
	record Layout(StompVersion version, String id, String destination, boolean compressed) {

		/**
		 * Write what is shared by all who have this layout, which is worth compressing.
		 */
		Payload sharedFrame(Publication publication) {
			Payload frame = frame(publication);
			return this.compressed ? frame.deflated() : frame;
		}

		Payload frame(Publication publication) {
			return StompEncoder.message(this.version, this.id, this.destination, publication);
		}

	}

}
