package dev.fanfare.stomp;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Token;
import dev.fanfare.broker.RefusalMeter;
import dev.fanfare.limits.Kept;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.ConnectionKind;
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
final class StompConnection {

	/** Where clients hear of refusals that do not end the connection. */
	private static final String ERRORS = "/user/queue/errors";

	/** Where clients hear that their token is about to end. */
	private static final String SESSION = "/user/queue/session";

	private final WebSocketSession session;

	private final StompProperties properties;

	private final StompDecoder decoder;

	private final RefusalMeter refusals;

	private final Clock clock;

	private final Outbox outbox;

	private final StompSubscriptions subscriptions;

	private final Transactions transactions;

	private final Visitor visitor;

	/** What the node keeps of frames and transactions. */
	private final Kept kept;

	private final AtomicLong errors = new AtomicLong();

	private final long opened = System.nanoTime();

	private volatile StompVersion version = StompVersion.V1_2;

	private volatile boolean connected;

	private volatile Heartbeat heartbeat = Heartbeat.NONE;

	private volatile @Nullable Principal user;

	private volatile @Nullable String clientId;

	private volatile long lastReceived = this.opened;

	/**
	 * Whether a frame is being handled: a client whose publishing is held up is not
	 * silent.
	 */
	private volatile boolean busy;

	private volatile boolean ended;

	/** The token of whose end the client was told; belongs to the thread of the ticks. */
	private @Nullable Token told;

	StompConnection(WebSocketSession session, StompProperties properties, StompDecoder decoder, Connections connections,
			RefusalMeter refusals, Clock clock) {
		this.session = session;
		this.properties = properties;
		this.decoder = decoder;
		this.refusals = refusals;
		this.clock = clock;
		this.user = session.getPrincipal();
		this.visitor = connections.seat(session);
		this.kept = this.visitor.keeps();
		this.subscriptions = new StompSubscriptions(properties);
		this.transactions = new Transactions(properties);
		this.outbox = connections.open(ConnectionKind.STOMP, session, this::tick,
				properties.shortestWait().dividedBy(8));
		this.outbox.belongsTo(caller());
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
		this.outbox.belongsTo(caller());
	}

	/**
	 * Note by which name the client calls itself, so that it can have what outlives it.
	 */
	void clientId(@Nullable String id) {
		this.clientId = id;
	}

	/**
	 * Return who owns durable subscriptions of this client: its user, or what it calls
	 * itself, in names that do not meet.
	 */
	@Nullable String owner() {
		return owner(this.user, this.clientId);
	}

	static @Nullable String owner(@Nullable Principal known, @Nullable String id) {
		if (known != null) {
			String name = known.getName();
			// A name that has a slash says how long it is: what follows it is the id.
			String user = name.contains("/") ? "user-%d:%s".formatted(name.length(), name) : "user:" + name;
			return (id != null) ? user + "/" + id : user;
		}
		return (id != null) ? "client:" + id : null;
	}

	Caller caller() {
		return Caller.of(this.user);
	}

	/** Return where the client comes from, and what that may do. */
	Visitor visitor() {
		return this.visitor;
	}

	StompSubscriptions subscriptions() {
		return this.subscriptions;
	}

	Transactions transactions() {
		return this.transactions;
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
	void fail(Refusal refusal, @Nullable String receipt) {
		this.refusals.count(refusal);
		Map<String, String> headers = describe(refusal, receipt);
		if (refusal.type() == ErrorType.UNSUPPORTED_VERSION) {
			headers.put("version", StompVersion.ALL);
		}
		this.outbox.send(StompEncoder.frame(this.version, "ERROR", headers, text(refusal)));
		CloseReason reason = CloseReason.of(refusal.type());
		this.outbox.close(reason, reason.text() + ": " + refusal.type().word());
	}

	/**
	 * Answer with a MESSAGE where the client asked for that, and keep the connection;
	 * else {@link #fail}.
	 */
	void refuse(Refusal refusal, @Nullable String receipt) {
		this.subscriptions.to(ERRORS).ifPresentOrElse((subscription) -> {
			this.refusals.count(refusal);
			subscription.send(new OutgoingMessage("error-" + this.errors.incrementAndGet(), describe(refusal, receipt),
					text(refusal)));
		}, () -> fail(refusal, receipt));
	}

	private static Map<String, String> describe(Refusal refusal, @Nullable String receipt) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("type", refusal.type().word());
		headers.put("message", refusal.getMessage());
		if (receipt != null) {
			headers.put("receipt-id", receipt);
		}
		refusal.retryAfterSeconds().ifPresent((seconds) -> headers.put("retry-after", seconds));
		headers.put("content-type", "text/plain;charset=UTF-8");
		return headers;
	}

	private static byte[] text(Refusal refusal) {
		return refusal.getMessage().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Count what is kept of the client's frames and transactions.
	 * @throws Refusal if there is no room for so much
	 */
	void countKept() {
		this.kept.is(this.decoder.pending() + this.transactions.size());
	}

	/** End what the client began; called when the socket is gone. */
	void end() {
		this.ended = true;
		this.kept.close();
		this.subscriptions.end();
	}

	private void tick(long now) {
		if (!this.connected) {
			closeIf(now - this.opened > this.properties.connectTimeout().toNanos(), CloseReason.CONNECT_TIMEOUT);
			return;
		}
		closeIf(!this.busy && this.heartbeat.isMissed(now - this.lastReceived), CloseReason.HEARTBEAT_MISSED);
		tellExpiry();
		if (this.heartbeat.isDue(now - this.outbox.lastSent()) && this.outbox.isEmpty()) {
			this.outbox.send(StompEncoder.HEARTBEAT);
		}
	}

	/** Tell the client, where it asked for that, that its token is about to end. */
	private void tellExpiry() {
		if (!(caller() instanceof Caller.User known) || known.token() == null || known.token().equals(this.told)) {
			return;
		}
		Token token = known.token();
		long left = token.expires().toEpochMilli() - this.clock.millis();
		if (left > this.properties.expiryNotice().toMillis()) {
			return;
		}
		this.subscriptions.to(SESSION).ifPresent((subscription) -> {
			this.told = token;
			byte[] body = "{\"type\":\"token-expires\",\"expires\":%d}".formatted(token.expires().toEpochMilli())
				.getBytes(StandardCharsets.UTF_8);
			subscription.send(new OutgoingMessage("session-" + token.expires().toEpochMilli(),
					Map.of("content-type", "application/json"), body));
		});
	}

	private void closeIf(boolean overdue, CloseReason reason) {
		if (overdue) {
			this.outbox.close(reason);
		}
	}

}
