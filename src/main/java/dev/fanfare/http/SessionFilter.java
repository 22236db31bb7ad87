package dev.fanfare.http;

import java.util.List;
import java.util.function.Predicate;

import dev.fanfare.broker.Session;
import dev.fanfare.broker.Sessions;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/** Tell which sessions are asked for; what is empty or not there is not asked. */
final class SessionFilter implements Predicate<Session> {

	private static final List<String> KINDS = List.of("stomp", "websocket", "sse");

	private final @Nullable String user;

	private final @Nullable String address;

	private final @Nullable TopicName topic;

	private final @Nullable String kind;

	SessionFilter(@Nullable String user, @Nullable String address, @Nullable String topic, @Nullable String kind) {
		this.user = present(user);
		this.address = present(address);
		this.topic = StringUtils.hasText(topic) ? new TopicName(topic) : null;
		this.kind = present(kind);
		if (this.kind != null && !KINDS.contains(this.kind)) {
			throw QueryParameters.invalid("kind", this.kind, String.join(", ", KINDS));
		}
	}

	@Override
	public boolean test(Session session) {
		return (this.kind == null || this.kind.equals(session.kind()))
				&& (this.user == null || Sessions.isOf(session, this.user))
				&& (this.address == null || this.address.equals(session.address()))
				&& (this.topic == null || session.subscriptions()
					.stream()
					.anyMatch((subscription) -> this.topic.equals(subscription.topic())));
	}

	private static @Nullable String present(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

}
