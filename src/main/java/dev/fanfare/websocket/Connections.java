package dev.fanfare.websocket;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Gate;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.access.TokensRevoked;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Seat;
import dev.fanfare.limits.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * Keep the open connections of this node: tell each the time, name the reason when one
 * ends, and close them all when the server stops.
 */
@Component
public class Connections implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Connections.class);

	/** The words for an end that the server did not choose. */
	static final Set<String> REASONS_OF_CLIENTS = Set.of("closed-by-client", "websocket-error", "not-utf8", "too-big",
			"connection-lost", "closed-by-client-with-error");

	private static final Duration NEVER = Duration.ofDays(1);

	private final Broker broker;

	private final Gate gate;

	private final Limits limits;

	private final WebSocketProperties properties;

	private final ConnectionMeters meters;

	private final DrainProperties drain;

	private final Watch watch;

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private volatile boolean running;

	private volatile boolean leaving;

	Connections(Broker broker, Gate gate, BrokerProperties brokerProperties, Limits limits,
			WebSocketProperties properties, DrainProperties drain, MeterRegistry meters) {
		requireRoom(properties.outboxLimit(), brokerProperties.shareOfOneReader());
		this.broker = broker;
		this.gate = gate;
		this.limits = limits;
		this.properties = properties;
		this.drain = drain;
		this.watch = new Watch(properties);
		this.meters = new ConnectionMeters(meters, this.watch.open());
	}

	/**
	 * Take a connection in.
	 * @param kind what is spoken on it
	 * @param session as Spring handed it to its handler
	 * @param tick called with {@link System#nanoTime()}, about ten times a second while
	 * something is on its way, on one thread for all: it does not wait
	 * @param every how often it has to be called while nothing is, which is done where it
	 * is a tenth of a second or more
	 * @return what to send with
	 */
	public Outbox open(ConnectionKind kind, org.springframework.web.socket.WebSocketSession session, LongConsumer tick,
			Duration every) {
		WebSocketLine line = WebSocketLine.before(coreSession(session));
		Outbox outbox = open(kind, session.getId(), line, seat(session), tick, every);
		if (WebSocketSessionDecorator.unwrap(session) instanceof SocketSession own) {
			own.sendsWith(outbox);
		}
		return outbox;
	}

	/**
	 * Take in a connection of another protocol, as those of WebSockets are.
	 * @param visitor where it comes from
	 */
	public Outbox open(ConnectionKind kind, String id, Line line, Visitor visitor, LongConsumer tick, Duration every) {
		this.meters.traffic(kind).opened().increment();
		Watch.Watched watched = this.watch.watched(tick, every);
		Seat metered = (this.limits.limitsBytesOut() && visitor instanceof Seat seat) ? seat : null;
		Outbox outbox = new Outbox(id, line, watched::wake, this, this.properties.outboxLimit().toBytes(), kind,
				metered);
		this.watch.add(outbox, watched);
		if (this.leaving) {
			outbox.leave(this.drain.comeBackIn());
		}
		return outbox;
	}

	/** Return why a caller who was let in is to leave, if they are. */
	Optional<CloseReason> objection(Caller caller) {
		try {
			this.gate.requireStill(caller);
			return Optional.empty();
		}
		catch (NotAdmitted ex) {
			return Optional.of(CloseReason.of(ex.type()));
		}
	}

	/** Close at once what else the next ticks would. */
	@EventListener
	void revoked(TokensRevoked event) {
		this.watch.open().forEach(Outbox::endIfNotAdmitted);
	}

	/** Take a connection in that does nothing at a tick. */
	public Outbox open(org.springframework.web.socket.WebSocketSession session) {
		return open(ConnectionKind.WEBSOCKET, session, (now) -> {
		}, NEVER);
	}

	/**
	 * Return the seat that a WebSocket took at its handshake; where the application
	 * upgrades in another way, there is none.
	 */
	public Visitor seat(org.springframework.web.socket.WebSocketSession session) {
		return (WebSocketSessionDecorator.unwrap(session) instanceof SocketSession own) ? own.seat()
				: this.limits.inside();
	}

	/**
	 * Let a connection go that has ended, and say why.
	 * @param status what Spring handed to the handler
	 */
	public void closed(Outbox outbox, CloseStatus status) {
		if (!this.meters.ends(outbox, () -> this.watch.remove(outbox))) {
			return;
		}
		String reason = reason(outbox, status);
		outbox.abandon();
		this.meters.closed(reason, outbox.dropped());
		logger.atDebug()
			.addKeyValue("session.id", outbox.id())
			.log("Connection {} ended: {} ({} {})", outbox.id(), reason, status.getCode(), status.getReason());
	}

	/** Run something that may wait or call the application on a thread of its own. */
	public void run(Runnable task) {
		this.executor.execute(task);
	}

	/** Return the connections that are open now. */
	List<Outbox> open() {
		return List.copyOf(this.watch.open());
	}

	/** Take no connection in from now on: who gets in is asked to come back at once. */
	void leave() {
		this.leaving = true;
	}

	/** Tell whether connections are no longer taken in. */
	boolean isLeaving() {
		return this.leaving;
	}

	@Override
	public void start() {
		this.leaving = false;
		this.running = true;
	}

	/**
	 * Hand what was accepted to the connections, then close each when it has been sent
	 * that, and wait for it, all within the shutdown timeout.
	 */
	@Override
	public void stop() {
		long deadline = System.nanoTime() + this.properties.shutdownTimeout().toNanos();
		run(this::tickUntilStopped);
		// A reader who is stuck holds up nobody's close frame: there is time left for
		// those.
		if (!this.broker.close(this.properties.shutdownTimeout().dividedBy(2))) {
			logger.warn("Not all publications were handed on within {}", this.properties.shutdownTimeout());
		}
		leave();
		this.watch.open().forEach((outbox) -> outbox.leave(this.drain.comeBackIn()));
		awaitEnd(deadline);
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Stop before the web server, so that close frames get out. */
	@Override
	public int getPhase() {
		return SmartLifecycle.DEFAULT_PHASE;
	}

	@Scheduled(fixedDelay = 100)
	void tick() {
		this.watch.tick();
	}

	// Spring's scheduler has stopped by then, and somebody must still give up those who
	// are stuck.
	private void tickUntilStopped() {
		while (this.running && pause(Watch.TICK.toMillis())) {
			tick();
		}
	}

	private void awaitEnd(long deadline) {
		while (!this.watch.open().isEmpty() && System.nanoTime() < deadline && pause(10)) {
			// Those who are closed take themselves out.
		}
	}

	/** Wait a little, and tell whether that was not interrupted. */
	private static boolean pause(long millis) {
		try {
			Thread.sleep(Duration.ofMillis(millis));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * A reader who keeps up must not be closed as slow for what is on its way to it
	 * anyway.
	 */
	private static void requireRoom(DataSize outboxLimit, DataSize share) {
		Assert.isTrue(outboxLimit.toBytes() >= 2 * share.toBytes(),
				() -> ("fanfare.websocket.outbox-limit is %s: it must "
						+ "be at least a part in 32 of fanfare.broker.intake-limit, %d bytes")
					.formatted(outboxLimit, 2 * share.toBytes()));
	}

	private static String reason(Outbox outbox, CloseStatus status) {
		CloseReason own = outbox.closeReason();
		return (own != null) ? own.word() : reason(status.getCode());
	}

	/** Return the word for an end that the server did not choose. */
	static String reason(int code) {
		return switch (code) {
			case 1000, 1001, 1005 -> "closed-by-client";
			case 1002 -> "websocket-error";
			case 1007 -> "not-utf8";
			case 1009 -> "too-big";
			case 1006 -> "connection-lost";
			default -> "closed-by-client-with-error";
		};
	}

	/**
	 * Return Jetty's session, as {@link SocketUpgrade} or Spring's own strategy made it.
	 */
	static WebSocketCoreSession coreSession(org.springframework.web.socket.WebSocketSession session) {
		Assert.isInstanceOf(NativeWebSocketSession.class, WebSocketSessionDecorator.unwrap(session));
		NativeWebSocketSession unwrapped = (NativeWebSocketSession) WebSocketSessionDecorator.unwrap(session);
		return switch (unwrapped.getNativeSession()) {
			case WebSocketCoreSession core -> core;
			case WebSocketSession jetty -> (WebSocketCoreSession) jetty.getCoreSession();
			default -> throw new IllegalStateException("Fanfare runs on Jetty, and this is not a session of Jetty's");
		};
	}

}
