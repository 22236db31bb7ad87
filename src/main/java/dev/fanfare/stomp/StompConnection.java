package dev.fanfare.stomp;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Connection;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.Connections;
import dev.fanfare.websocket.Outbox;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.WebSocketSession;

/**
 * Keep the state of one STOMP connection.
 * <p>
 * Its frames are handled one after the other on the thread that reads its socket. The
 * clock's thread and the lane only read; what they read is volatile.
 */
final class StompConnection implements Connection {

	private final WebSocketSession session;

	private final StompProperties properties;

	private final StompDecoder decoder;

	private final Outbox outbox;

	/**
	 * What ends each subscription, by its id; bounded by the most a connection may have.
	 */
	private final Map<String, Runnable> subscriptions = new ConcurrentHashMap<>();

	private final long opened = System.nanoTime();

	private volatile StompVersion version = StompVersion.V1_2;

	private volatile boolean connected;

	private volatile Heartbeat heartbeat = Heartbeat.NONE;

	private volatile @Nullable Principal user;

	private volatile long lastReceived = this.opened;

	/**
	 * Whether a frame is being handled: a client whose publishing is held up is not
	 * silent.
	 */
	private volatile boolean busy;

	private volatile boolean ended;

	StompConnection(WebSocketSession session, StompProperties properties, StompDecoder decoder,
			Connections connections) {
		this.session = session;
		this.properties = properties;
		this.decoder = decoder;
		this.user = session.getPrincipal();
		this.outbox = connections.open(session, this::tick);
	}

	@Override
	public void flush(Runnable sent) {
		this.outbox.flush(sent);
	}

	String id() {
		return this.session.getId();
	}

	WebSocketSession session() {
		return this.session;
	}

	StompDecoder decoder() {
		return this.decoder;
	}

	Outbox outbox() {
		return this.outbox;
	}

	StompVersion version() {
		return this.version;
	}

	@Nullable Principal user() {
		return this.user;
	}

	void user(@Nullable Principal user) {
		this.user = user;
	}

	Caller caller() {
		return Caller.of(this.user);
	}

	boolean isConnected() {
		return this.connected;
	}

	/** Tell whether frames are still to be handled. */
	boolean isOpen() {
		return !this.ended && !this.outbox.isClosing();
	}

	/** Begin to speak the version that was agreed, and say so. */
	void connect(StompVersion version, Heartbeat heartbeat, Map<String, String> connected) {
		this.version = version;
		this.decoder.use(version);
		this.heartbeat = heartbeat;
		this.connected = true;
		// CONNECTED is written without escapes, as 1.0 writes (STOMP 1.2, Value
		// Encoding).
		this.outbox.send(StompEncoder.frame(StompVersion.V1_0, "CONNECTED", connected));
	}

	/** Note that the client is there, and whether it is waiting for us. */
	void received(boolean busy) {
		this.lastReceived = System.nanoTime();
		this.busy = busy;
	}

	void send(String command, Map<String, String> headers) {
		this.outbox.send(StompEncoder.frame(this.version, command, headers));
	}

	/** Answer with an ERROR frame, then close (STOMP 1.2, ERROR). */
	void fail(Refusal refusal, @Nullable String receipt, CloseReason reason) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("type", refusal.type());
		headers.put("message", refusal.getMessage());
		if (receipt != null) {
			headers.put("receipt-id", receipt);
		}
		headers.put("content-type", "text/plain;charset=UTF-8");
		byte[] body = refusal.getMessage().getBytes(StandardCharsets.UTF_8);
		this.outbox.send(StompEncoder.frame(this.version, "ERROR", headers, body));
		this.outbox.close(reason);
	}

	/**
	 * Refuse a subscription that cannot be.
	 * @throws ProtocolViolation if its id is in use, or the connection has as many as it
	 * may
	 */
	void requireRoomFor(String subscription) {
		if (this.subscriptions.containsKey(subscription)) {
			throw new ProtocolViolation("duplicate-subscription",
					"Subscription id '%s' is in use on this connection; UNSUBSCRIBE it first or choose another."
						.formatted(subscription));
		}
		if (this.subscriptions.size() >= this.properties.maxSubscriptions()) {
			throw new ProtocolViolation("too-many-subscriptions",
					"A connection may have %d subscriptions at most (fanfare.stomp.max-subscriptions)."
						.formatted(this.properties.maxSubscriptions()));
		}
	}

	/** Keep a subscription until it is {@linkplain #unsubscribe ended}. */
	void subscribed(String subscription, Runnable end) {
		this.subscriptions.put(subscription, end);
		if (this.ended) {
			unsubscribe(subscription);
		}
	}

	/** End a subscription. */
	boolean unsubscribe(String subscription) {
		Runnable end = this.subscriptions.remove(subscription);
		if (end == null) {
			return false;
		}
		end.run();
		return true;
	}

	/** End all subscriptions; called when the socket is gone. */
	void end() {
		this.ended = true;
		this.subscriptions.keySet().forEach(this::unsubscribe);
	}

	private void tick(long now) {
		if (!this.connected) {
			closeIf(now - this.opened > this.properties.connectTimeout().toNanos(), CloseReason.CONNECT_TIMEOUT);
			return;
		}
		closeIf(!this.busy && this.heartbeat.isMissed(now - this.lastReceived), CloseReason.HEARTBEAT_MISSED);
		if (this.heartbeat.isDue(now - this.outbox.lastSent()) && this.outbox.isEmpty()) {
			this.outbox.send(StompEncoder.HEARTBEAT);
		}
	}

	private void closeIf(boolean overdue, CloseReason reason) {
		if (overdue) {
			this.outbox.close(reason);
		}
	}

}
