package dev.fanfare.stomp;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.fanfare.broker.SessionSubscription;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.TopicName;
import dev.fanfare.websocket.OutboxSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/** Show operators a STOMP connection, and subscribe it as they say. */
final class StompSession extends OutboxSession {

	/**
	 * With which the ids of subscriptions begin that the server made; the rest is the
	 * topic.
	 */
	private static final String SERVER = "server:";

	/** What operators send has message ids of its own. */
	private static final AtomicLong MESSAGES = new AtomicLong();

	private final StompConnection connection;

	private final TopicRequests topics;

	StompSession(StompConnection connection, TopicRequests topics) {
		super(connection.outbox(), Instant.now());
		this.connection = connection;
		this.topics = topics;
	}

	@Override
	public Optional<String> version() {
		return this.connection.isConnected() ? Optional.of(this.connection.version().number()) : Optional.empty();
	}

	@Override
	public @Nullable Principal user() {
		return this.connection.user();
	}

	@Override
	public String address() {
		InetSocketAddress address = this.connection.session().getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "";
	}

	@Override
	public Optional<String> userAgent() {
		return Optional.ofNullable(this.connection.session().getHandshakeHeaders().getFirst(HttpHeaders.USER_AGENT));
	}

	@Override
	public List<SessionSubscription> subscriptions() {
		return this.connection.subscriptions()
			.all()
			.stream()
			.map((each) -> new SessionSubscription(each.id(), each.destination(),
					Destinations.topic(each.destination()).orElse(null), each.position()))
			.toList();
	}

	@Override
	public void subscribe(TopicName topic) {
		if (!this.connection.isConnected()) {
			throw new ProtocolViolation(ErrorType.NOT_CONNECTED,
					"The client of session '%s' has not sent CONNECT; it must have.".formatted(id()));
		}
		StompSubscription subscription = StompSubscription.plain(this.connection, SERVER + topic, "/topic/" + topic);
		if (this.connection.subscriptions().find(subscription.id()).isPresent()) {
			return;
		}
		this.connection.subscriptions().add(subscription);
		try {
			this.topics.subscribeForServer(topic, subscription);
		}
		catch (RuntimeException ex) {
			this.connection.subscriptions().remove(subscription);
			throw ex;
		}
	}

	@Override
	public boolean unsubscribe(TopicName topic) {
		List<StompSubscription> ending = this.connection.subscriptions()
			.all()
			.stream()
			.filter((each) -> each.destination().equals("/topic/" + topic))
			.toList();
		ending.forEach(this.connection.subscriptions()::remove);
		return !ending.isEmpty();
	}

	@Override
	public boolean send(String queue, byte[] body, @Nullable String contentType) {
		Map<String, String> headers = (contentType != null) ? Map.of(Draft.CONTENT_TYPE, contentType) : Map.of();
		OutgoingMessage message = new OutgoingMessage("operator-" + MESSAGES.incrementAndGet(), headers, body);
		List<StompSubscription> readers = this.connection.subscriptions()
			.all()
			.stream()
			.filter((each) -> each.destination().equals("/user" + queue))
			.toList();
		readers.forEach((reader) -> reader.send(message));
		return !readers.isEmpty();
	}

}
