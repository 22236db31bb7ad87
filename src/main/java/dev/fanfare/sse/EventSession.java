package dev.fanfare.sse;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.fanfare.broker.SessionSubscription;
import dev.fanfare.broker.Subscription;
import dev.fanfare.websocket.Outbox;
import dev.fanfare.websocket.OutboxSession;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/** Show operators a stream of events. Its subscription has the name of its topic. */
final class EventSession extends OutboxSession {

	private final @Nullable Principal user;

	private final String address;

	private final Optional<String> userAgent;

	private final Subscription subscription;

	EventSession(Outbox outbox, HttpServletRequest request, Subscription subscription) {
		super(outbox, Instant.now());
		this.user = request.getUserPrincipal();
		this.address = request.getRemoteAddr();
		this.userAgent = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT));
		this.subscription = subscription;
	}

	@Override
	public @Nullable Principal user() {
		return this.user;
	}

	@Override
	public String address() {
		return this.address;
	}

	@Override
	public Optional<String> userAgent() {
		return this.userAgent;
	}

	@Override
	public List<SessionSubscription> subscriptions() {
		String topic = this.subscription.topic().value();
		return List.of(new SessionSubscription(topic, "/topic/" + topic, this.subscription.topic(),
				this.subscription.position()));
	}

}
