package dev.fanfare.demo.hello;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Subscription;
import dev.fanfare.topic.Draft;
import dev.fanfare.websocket.Connections;
import dev.fanfare.websocket.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Serve bare WebSockets: each hears the broadcasts and gets back what it sends; the path
 * it connected to decides how it is greeted.
 */
@Component
class HelloSockets extends AbstractWebSocketHandler {

	private static final Logger logger = LoggerFactory.getLogger(HelloSockets.class);

	private final Broker broker;

	private final Connections connections;

	/** The open sockets by Spring's session id. */
	private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

	HelloSockets(Broker broker, Connections connections) {
		this.broker = broker;
		this.connections = connections;
	}

	/** Greet the sockets that connected by that name, and tell whether there was one. */
	boolean greet(String name) {
		long greeted = this.listeners.values()
			.stream()
			.filter((listener) -> listener.name().equals(name))
			.peek((listener) -> listener.socket().outbox().send(Payload.of(Greetings.TO_ONE)))
			.count();
		return greeted > 0;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		HelloSocket socket = new HelloSocket(this.connections.open(session, (now) -> {
		}));
		Caller caller = Caller.of(session.getPrincipal());
		Subscription subscription = this.broker.subscribe(caller, Greetings.TOPIC, socket);
		this.listeners.put(session.getId(), new Listener(SocketName.of(session), socket, subscription));
		switch (path(session)) {
			case "/send" -> socket.outbox().send(Payload.of(Greetings.TO_ONE));
			case "/broadcast" ->
				this.broker.publish(new Caller.Application(), Draft.ofText(Greetings.TOPIC, Greetings.TO_ALL));
			default -> logger.debug("Socket {} is open", session.getId());
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		echo(session, Payload.of(message.getPayload()));
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		echo(session, new Payload(message.getPayload(), false));
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable cause) {
		logger.debug("Socket {} failed: {}", session.getId(), cause.toString());
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		Listener listener = this.listeners.remove(session.getId());
		if (listener != null) {
			this.connections.closed(listener.socket().outbox(), status);
			listener.subscription().abandon();
		}
	}

	private void echo(WebSocketSession session, Payload payload) {
		Listener listener = this.listeners.get(session.getId());
		if (listener != null) {
			listener.socket().outbox().send(payload);
		}
	}

	private static String path(WebSocketSession session) {
		URI uri = session.getUri();
		return (uri != null) ? uri.getPath() : "/";
	}

	private record Listener(String name, HelloSocket socket, Subscription subscription) {
	}

}
