package dev.fanfare.demo.hello;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.fanfare.broker.SessionSubscription;
import dev.fanfare.websocket.OutboxSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.WebSocketSession;

/** Show operators a bare WebSocket. */
final class HelloSession extends OutboxSession {

	private final WebSocketSession session;

	private final HelloSocket socket;

	HelloSession(WebSocketSession session, HelloSocket socket) {
		super(socket.outbox(), Instant.now());
		this.session = session;
		this.socket = socket;
	}

	@Override
	public @Nullable Principal user() {
		return this.session.getPrincipal();
	}

	@Override
	public String address() {
		InetSocketAddress address = this.session.getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "";
	}

	@Override
	public Optional<String> userAgent() {
		return Optional.ofNullable(this.session.getHandshakeHeaders().getFirst(HttpHeaders.USER_AGENT));
	}

	@Override
	public List<SessionSubscription> subscriptions() {
		return this.socket.heard()
			.map((heard) -> new SessionSubscription(heard.topic().value(), "/topic/" + heard.topic(), heard.topic(),
					heard.position()))
			.stream()
			.toList();
	}

}
