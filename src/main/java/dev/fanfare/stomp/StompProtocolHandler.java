package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.fanfare.access.LogContext;
import dev.fanfare.broker.BrokerProperties;
import dev.fanfare.broker.RefusalMeter;
import dev.fanfare.broker.Sessions;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.Connections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.messaging.SubProtocolHandler;

/**
 * Speak STOMP on a WebSocket, in the place of Spring's own handler.
 * <p>
 * Everything a client sends is handled on the thread that read it, so its frames are
 * handled in the order sent, and a client whose frame has to wait is not read from
 * meanwhile.
 */
@Component
class StompProtocolHandler implements SubProtocolHandler {

	private static final Logger logger = LoggerFactory.getLogger(StompProtocolHandler.class);

	private final StompProperties properties;

	private final BrokerProperties brokerProperties;

	private final Connections connections;

	private final StompConnections stompConnections;

	private final FrameHandler frames;

	private final InboundChannel inbound;

	private final RefusalMeter refusals;

	private final Sessions sessions;

	private final TopicRequests topics;

	private final Clock clock;

	private final AtomicLong replies = new AtomicLong();

	StompProtocolHandler(StompProperties properties, BrokerProperties brokerProperties, Connections connections,
			StompConnections stompConnections, FrameHandler frames, InboundChannel inbound, RefusalMeter refusals,
			Sessions sessions, TopicRequests topics, Clock clock) {
		this.properties = properties;
		this.brokerProperties = brokerProperties;
		this.connections = connections;
		this.stompConnections = stompConnections;
		this.frames = frames;
		this.inbound = inbound;
		this.refusals = refusals;
		this.sessions = sessions;
		this.topics = topics;
		this.clock = clock;
	}

	@Override
	public List<String> getSupportedProtocols() {
		return Arrays.stream(StompVersion.values()).map(StompVersion::subProtocol).toList();
	}

	@Override
	public void afterSessionStarted(WebSocketSession session, MessageChannel channel) {
		StompDecoder decoder = new StompDecoder(this.properties, (int) this.brokerProperties.maxPayload().toBytes());
		StompConnection connection = new StompConnection(session, this.properties, decoder, this.connections,
				this.refusals, this.clock);
		this.stompConnections.add(connection);
		this.sessions.add(new StompSession(connection, this.topics));
	}

	@Override
	public void handleMessageFromClient(WebSocketSession session, WebSocketMessage<?> message, MessageChannel channel) {
		if (message instanceof PongMessage) {
			// It says that the socket lives, not that the client keeps its beat.
			return;
		}
		// After an ERROR or DISCONNECT nothing is read any more: what comes is dropped
		// unseen.
		this.stompConnections.find(session.getId()).filter(StompConnection::isOpen).ifPresent((connection) -> {
			connection.received(true);
			connection.outbox().received(message.getPayloadLength());
			try {
				decode(connection, message, channel);
			}
			finally {
				connection.received(false);
			}
		});
	}

	private void decode(StompConnection connection, WebSocketMessage<?> message, MessageChannel channel) {
		StompDecoder decoder = connection.decoder();
		try {
			decoder.decode(bytes(message), (frame) -> handle(connection, frame, channel));
			connection.countKept();
		}
		catch (Refusal violation) {
			// What comes after bytes that cannot be read has no beginning, so this is
			// never soft.
			if (connection.isOpen()) {
				connection.fail(violation, decoder.receipt());
			}
		}
	}

	private static ByteBuffer bytes(WebSocketMessage<?> message) {
		return switch (message) {
			case TextMessage text -> ByteBuffer.wrap(text.asBytes());
			case BinaryMessage binary -> inArray(binary.getPayload());
			default -> ByteBuffer.allocate(0);
		};
	}

	/** Return it as it is, unless something of the application has put another there. */
	private static ByteBuffer inArray(ByteBuffer bytes) {
		return bytes.hasArray() ? bytes : ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
	}

	private void handle(StompConnection connection, StompFrame frame, MessageChannel channel) {
		if (!connection.isOpen() || !connection.outbox().awaitReader()) {
			return;
		}
		try {
			this.frames.handle(connection, frame, channel);
		}
		catch (RuntimeException ex) {
			refuse(connection, frame, ex);
		}
	}

	private static void refuse(StompConnection connection, StompFrame frame, RuntimeException thrown) {
		connection.refuse(Refusals.of(connection, thrown, frame.command()), frame.header("receipt"));
	}

	@Override
	public @Nullable String resolveSessionId(Message<?> message) {
		return SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
	}

	/** Send a message of the outbound channel: a reply, or one for a user. */
	@Override
	public void handleMessageToClient(WebSocketSession session, Message<?> message) {
		this.stompConnections.find(session.getId()).ifPresent((connection) -> reply(connection, message));
	}

	private void reply(StompConnection connection, Message<?> message) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.wrap(message);
		String id = accessor.getSubscriptionId();
		if (id == null) {
			logger.debug("No subscription for a reply to '{}'", accessor.getDestination());
			return;
		}
		Assert.isInstanceOf(byte[].class, message.getPayload(), "Replies are bytes when they get here");
		OutgoingMessage reply = new OutgoingMessage("reply-" + this.replies.incrementAndGet(),
				PassedHeaders.of(accessor), (byte[]) message.getPayload());
		connection.subscriptions().find(id).ifPresent((subscription) -> subscription.send(reply));
	}

	@Override
	public void afterSessionEnded(WebSocketSession session, CloseStatus status, MessageChannel channel) {
		this.sessions.remove(session.getId());
		this.stompConnections.remove(session.getId()).ifPresent((connection) -> {
			this.connections.closed(connection.outbox(), status);
			// The application may take its time, and this may be a lane that met a dead
			// socket.
			this.connections.run(() -> end(connection, status, channel));
		});
	}

	private void end(StompConnection connection, CloseStatus status, MessageChannel channel) {
		try (LogContext context = LogContext.of(connection.id(), connection.user())) {
			connection.end();
			if (connection.isConnected()) {
				this.inbound.disconnected(connection, status, channel);
			}
		}
	}

}
