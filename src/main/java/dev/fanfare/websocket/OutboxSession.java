package dev.fanfare.websocket;

import java.time.Instant;
import java.util.Optional;

import dev.fanfare.broker.Session;
import dev.fanfare.broker.SessionTraffic;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** Show operators a connection that has an {@link Outbox}. */
public abstract class OutboxSession implements Session {

	private final Outbox outbox;

	private final Instant since;

	protected OutboxSession(Outbox outbox, Instant since) {
		this.outbox = outbox;
		this.since = since;
	}

	@Override
	public String id() {
		return this.outbox.id();
	}

	@Override
	public String kind() {
		return this.outbox.kind().word();
	}

	@Override
	public Optional<String> version() {
		return Optional.empty();
	}

	@Override
	public Instant since() {
		return this.since;
	}

	@Override
	public SessionTraffic traffic() {
		return new SessionTraffic(this.outbox.sentMessages(), this.outbox.sentBytes(), this.outbox.receivedMessages(),
				this.outbox.receivedBytes(), this.outbox.unsent());
	}

	@Override
	public void close(int code, String reason) {
		this.outbox.close(CloseReason.OPERATOR, code, reason);
	}

	@Override
	public void subscribe(TopicName topic) {
		throw new Fixed(kind());
	}

	@Override
	public boolean unsubscribe(TopicName topic) {
		throw new Fixed(kind());
	}

	@Override
	public boolean send(String queue, byte[] body, @Nullable String contentType) {
		return false;
	}

	/** State that what a session is subscribed to is said when it begins. */
	private static final class Fixed extends Refusal {

		private Fixed(String kind) {
			super(ErrorType.INVALID_REQUEST,
					"The session is of kind '%s', whose only subscription is made when it begins; it must be 'stomp'."
						.formatted(kind));
		}

	}

}
