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

	private final Client client;

	private final Subscription subscription;

	EventSession(Outbox outbox, Client client, Subscription subscription) {
		super(outbox, Instant.now());
		this.client = client;
		this.subscription = subscription;
	}

	@Override
	public @Nullable Principal user() {
		return this.client.user();
	}

	@Override
	public String address() {
		return this.client.address();
	}

	@Override
	public Optional<String> userAgent() {
		return this.client.userAgent();
	}

	@Override
	public List<SessionSubscription> subscriptions() {
		String topic = this.subscription.topic().value();
		return List.of(new SessionSubscription(topic, "/topic/" + topic, this.subscription.topic(),
				this.subscription.position()));
	}

	/** Tell who reads a stream. */
	record Client(@Nullable Principal user, String address, Optional<String> userAgent) {

		/**
		 * Look at a request before it goes on asynchronously: the server's own, which is
		 * left then, does not know what filters found out.
		 */
		static Client of(HttpServletRequest request) {
			return new Client(request.getUserPrincipal(), request.getRemoteAddr(),
					Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)));
		}

	}

}
