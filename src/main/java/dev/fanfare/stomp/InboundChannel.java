package dev.fanfare.stomp;

import java.util.List;
import java.util.Optional;

import dev.fanfare.access.LogContext;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpAttributes;
import org.springframework.messaging.simp.SimpAttributesContextHolder;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.user.UserDestinationMessageHandler;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

/**
 * Turn the frames of clients into messages on Spring's inbound channel, with the session
 * events that belong to them.
 */
@Component
class InboundChannel {

	private static final byte[] EMPTY = {};

	/** Where the interceptors are that Spring itself puts on the channel. */
	private static final String SPRING_MESSAGING = "org.springframework.messaging.";

	private final ApplicationEventPublisher events;

	private final TopicRequests topics;

	InboundChannel(ApplicationEventPublisher events, TopicRequests topics) {
		this.events = events;
		this.topics = topics;
	}

	/**
	 * Send a frame through the interceptors to whom it concerns, and return when they are
	 * done.
	 * <p>
	 * What is for a topic takes the short way to it, unless the application has put
	 * something of its own on the channel.
	 * @return whether the interceptors let it pass
	 */
	boolean send(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		if (frame.command() == StompCommand.SEND) {
			Optional<TopicName> topic = Destinations.topic(frame.require("destination"));
			if (topic.isEmpty()) {
				// The broker will not count it.
				connection.visitor().publishes(connection.caller(), 1, List.of());
			}
			else if (isOurs(channel)) {
				this.topics.publish(connection.caller(), connection.visitor(), topic.get(), PassedHeaders.of(frame),
						frame.body(), frame.header(IdempotencyKey.HEADER), receipt);
				return true;
			}
		}
		return deliver(connection, frame, receipt, channel);
	}

	private boolean deliver(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		StompHeaderAccessor accessor = accessor(frame);
		describe(accessor, connection);
		accessor.setHeader(Receipt.HEADER, receipt);
		accessor.setUserChangeCallback(connection::user);
		Message<byte[]> message = message(accessor, frame.body());
		SimpAttributesContextHolder.setAttributesFromMessage(message);
		try (LogContext context = LogContext.of(connection.id(), connection.user())) {
			boolean sent = channel.send(message);
			if (sent) {
				publish(event(connection, frame.command(), message));
			}
			return sent;
		}
		finally {
			SimpAttributesContextHolder.resetAttributes();
		}
	}

	/**
	 * Send a frame as {@link #send} does.
	 * @throws ProtocolViolation if the interceptors do not let it pass
	 */
	void require(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		if (!send(connection, frame, receipt, channel)) {
			throw ProtocolViolation.rejected(frame);
		}
	}

	/**
	 * Send a message for the application that is counted already.
	 * @throws ProtocolViolation if the interceptors do not let it pass
	 */
	void handOver(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		if (!deliver(connection, frame, receipt, channel)) {
			throw ProtocolViolation.rejected(frame);
		}
	}

	/** Tell the application that a session has begun. */
	void connected(StompConnection connection) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.CONNECT_ACK);
		describe(accessor, connection);
		publish(new SessionConnectedEvent(this, message(accessor, EMPTY), connection.user()));
	}

	/** Tell the channel and the application that a session has ended. */
	void disconnected(StompConnection connection, CloseStatus status, MessageChannel channel) {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.DISCONNECT);
		describe(accessor, connection);
		Message<byte[]> message = message(accessor, EMPTY);
		SimpAttributes attributes = SimpAttributes.fromMessage(message);
		SimpAttributesContextHolder.setAttributes(attributes);
		try {
			publish(new SessionDisconnectEvent(this, message, connection.id(), status, connection.user()));
			channel.send(message);
		}
		finally {
			SimpAttributesContextHolder.resetAttributes();
			attributes.sessionCompleted();
		}
	}

	/** Tell whether nobody but Spring's messaging and Fanfare is on the channel. */
	static boolean isOurs(MessageChannel channel) {
		if (!(channel instanceof ExecutorSubscribableChannel known)) {
			return false;
		}
		// Loops: this is asked for every message.
		for (ChannelInterceptor interceptor : known.getInterceptors()) {
			if (!interceptor.getClass().getName().startsWith(SPRING_MESSAGING)) {
				return false;
			}
		}
		for (MessageHandler handler : known.getSubscribers()) {
			if (!isOurs(handler)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOurs(MessageHandler handler) {
		return handler instanceof StompBroker || handler instanceof ControllerMessageHandler
				|| handler instanceof UserDestinationMessageHandler;
	}

	private @Nullable ApplicationEvent event(StompConnection connection, StompCommand command,
			Message<byte[]> message) {
		return switch (command) {
			case CONNECT, STOMP -> new SessionConnectEvent(this, message, connection.user());
			case SUBSCRIBE -> new SessionSubscribeEvent(this, message, connection.user());
			case UNSUBSCRIBE -> new SessionUnsubscribeEvent(this, message, connection.user());
			default -> null;
		};
	}

	private void publish(@Nullable ApplicationEvent event) {
		if (event != null) {
			this.events.publishEvent(event);
		}
	}

	private static void describe(SimpMessageHeaderAccessor accessor, StompConnection connection) {
		accessor.setSessionId(connection.id());
		accessor.setSessionAttributes(connection.session().getAttributes());
		accessor.setUser(connection.user());
	}

	/**
	 * Describe a frame as Spring does, but for a content type that is none, which goes on
	 * to the readers as it is.
	 */
	private static StompHeaderAccessor accessor(StompFrame frame) {
		LinkedMultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		frame.headers().forEach(headers::add);
		String contentType = frame.header(Draft.CONTENT_TYPE);
		if (contentType == null || isMimeType(contentType)) {
			return StompHeaderAccessor.create(frame.command(), headers);
		}
		headers.remove(Draft.CONTENT_TYPE);
		StompHeaderAccessor accessor = StompHeaderAccessor.create(frame.command(), headers);
		accessor.setNativeHeader(Draft.CONTENT_TYPE, contentType);
		return accessor;
	}

	private static boolean isMimeType(String contentType) {
		try {
			MimeTypeUtils.parseMimeType(contentType);
			return true;
		}
		catch (InvalidMimeTypeException ex) {
			return false;
		}
	}

	private static Message<byte[]> message(SimpMessageHeaderAccessor accessor, byte[] body) {
		accessor.setLeaveMutable(true);
		return MessageBuilder.createMessage(body, accessor.getMessageHeaders());
	}

}
