package dev.fanfare.demo.hello;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Sessions;
import dev.fanfare.limits.Seat;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.Connections;
import dev.fanfare.websocket.Payload;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Serve bare WebSockets: each hears the broadcasts and gets back what it sends; the path
 * it connected to decides how it is greeted.
 */
@Component
class HelloSockets extends AbstractWebSocketHandler {

	private final Broker broker;

	private final Connections connections;

	private final Sessions sessions;

	/** The open sockets by Spring's session id. */
	private final Map<String, HelloSocket> sockets = new ConcurrentHashMap<>();

	HelloSockets(Broker broker, Connections connections, Sessions sessions) {
		this.broker = broker;
		this.connections = connections;
		this.sessions = sessions;
	}

	/** Greet the sockets that connected by that name, and tell whether there was one. */
	boolean greet(String name) {
		List<HelloSocket> named = this.sockets.values()
			.stream()
			.filter((socket) -> socket.name().equals(name))
			.toList();
		named.forEach((socket) -> socket.outbox().send(Payload.of(Greetings.TO_ONE)));
		return !named.isEmpty();
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		HelloSocket socket = new HelloSocket(SocketName.of(session), this.connections.open(session));
		this.sockets.put(session.getId(), socket);
		this.sessions.add(new HelloSession(session, socket));
		try {
			Caller caller = Caller.of(session.getPrincipal());
			Visitor visitor = this.connections.seat(session);
			socket.outbox().belongsTo(caller);
			if (visitor instanceof Seat seat) {
				seat.is(caller);
			}
			socket.takes(visitor.subscribes(caller));
			socket.hears(this.broker.subscribe(caller, Greetings.TOPIC, socket));
			greet(socket, path(session), caller, visitor);
		}
		catch (Refusal refusal) {
			socket.fail(refusal);
		}
	}

	private void greet(HelloSocket socket, String path, Caller caller, Visitor visitor) {
		if (path.equals("/send")) {
			socket.outbox().send(Payload.of(Greetings.TO_ONE));
		}
		else if (path.equals("/broadcast")) {
			this.broker.publish(caller, visitor, List.of(Draft.ofText(Greetings.TOPIC, Greetings.TO_ALL)),
					Broker.AS_LONG_AS_IT_TAKES);
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		echo(session, message, Payload.of(message.getPayload()));
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		byte[] bytes = new byte[message.getPayloadLength()];
		message.getPayload().get(bytes);
		echo(session, message, Payload.of(bytes, false));
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sessions.remove(session.getId());
		HelloSocket socket = this.sockets.remove(session.getId());
		if (socket != null) {
			this.connections.closed(socket.outbox(), status);
			socket.end();
		}
	}

	private void echo(WebSocketSession session, WebSocketMessage<?> message, Payload payload) {
		HelloSocket socket = this.sockets.get(session.getId());
		if (socket != null) {
			socket.outbox().received(message.getPayloadLength());
			if (socket.outbox().awaitReader()) {
				socket.outbox().send(payload);
			}
		}
	}

	private static String path(WebSocketSession session) {
		URI uri = session.getUri();
		return (uri != null) ? uri.getPath() : "/";
	}

}
