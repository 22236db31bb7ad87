package dev.fanfare.http;

import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.broker.Session;
import dev.fanfare.broker.SessionSubscription;
import dev.fanfare.broker.SessionTraffic;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answer what a session is and does.
 *
 * @param id its id
 * @param kind stomp, websocket or sse
 * @param version the version of its protocol, where one was agreed
 * @param user who it is, where that is known
 * @param address the address it connected from
 * @param userAgent what the client calls itself
 * @param since when it connected, in milliseconds since 1970
 * @param sentMessages messages that the network has taken
 * @param sentBytes the bytes of these
 * @param receivedMessages messages that came
 * @param receivedBytes the bytes of these
 * @param unsentBytes bytes that the network has not taken yet
 * @param subscriptions its subscriptions, where a single session is asked for
 */
@Schema(name = "Session")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionDescription(@Schema(example = "0b9e4b0e-8f6c-4a6e-9d0c-4f5f6ad3a8f1") String id,
		@Schema(example = "stomp") String kind, @Schema(example = "1.2") @Nullable String version,
		@Schema(example = "ann") @Nullable String user, @Schema(example = "203.0.113.7") String address,
		@Schema(example = "Mozilla/5.0") @Nullable String userAgent, @Schema(example = "1785578400000") long since,
		@Schema(example = "120") long sentMessages, @Schema(example = "20480") long sentBytes,
		@Schema(example = "7") long receivedMessages, @Schema(example = "512") long receivedBytes,
		@Schema(example = "0") long unsentBytes, @Nullable List<Subscribed> subscriptions) {

	/** Describe a session without its subscriptions. */
	static SessionDescription of(Session session) {
		return described(session, null);
	}

	/**
	 * Describe a session with its subscriptions.
	 * @param newest tells where a topic stands
	 */
	static SessionDescription of(Session session, Function<TopicName, Position> newest) {
		return described(session, session.subscriptions().stream().map((each) -> Subscribed.of(each, newest)).toList());
	}

	private static SessionDescription described(Session session, @Nullable List<Subscribed> subscriptions) {
		Principal user = session.user();
		SessionTraffic traffic = session.traffic();
		return new SessionDescription(session.id(), session.kind(), session.version().orElse(null),
				(user != null) ? user.getName() : null, session.address(), session.userAgent().orElse(null),
				session.since().toEpochMilli(), traffic.sentMessages(), traffic.sentBytes(), traffic.receivedMessages(),
				traffic.receivedBytes(), traffic.unsentBytes(), subscriptions);
	}

	/**
	 * Answer what a session is subscribed to.
	 *
	 * @param id by which the client knows it
	 * @param destination what it is for
	 * @param position what was handed to it last since it is live
	 * @param behind how many publications its topic has had since that
	 */
	@Schema(name = "SessionSubscription")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Subscribed(@Schema(example = "1") String id, @Schema(example = "/topic/scores") String destination,
			@Schema(example = "5f1c09aa:42") @Nullable String position, @Schema(example = "0") @Nullable Long behind) {

		private static Subscribed of(SessionSubscription subscription, Function<TopicName, Position> newest) {
			Position position = subscription.position();
			TopicName topic = subscription.topic();
			Long behind = (position != null && topic != null) ? behind(position, newest.apply(topic)) : null;
			return new Subscribed(subscription.id(), subscription.destination(),
					(position != null) ? position.toString() : null, behind);
		}

		private static @Nullable Long behind(Position position, Position newest) {
			return Objects.equals(position.epoch(), newest.epoch()) ? Math.max(0, newest.offset() - position.offset())
					: null;
		}

	}

}
