package dev.fanfare.stomp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Hand messages for one user or session to the subscriptions that wait for them.
 * <p>
 * A queue here is what Spring made of a user destination: {@code /user/queue/send} of a
 * session is {@code /queue/send-userSESSION}, which nobody else can name. Messages leave
 * through the outbound channel, where the application's interceptors see them. Bounded by
 * the subscriptions of open connections.
 */
final class UserQueues {

	private final MessageChannel outbound;

	private final Map<String, List<StompSubscription>> readers = new ConcurrentHashMap<>();

	UserQueues(MessageChannel outbound) {
		this.outbound = outbound;
	}

	/**
	 * Send messages of the queue to a subscription.
	 * @return ends it
	 */
	Runnable subscribe(String queue, StompSubscription subscription) {
		this.readers.merge(queue, List.of(subscription), UserQueues::joined);
		return () -> this.readers.computeIfPresent(queue, (same, present) -> without(present, subscription));
	}

	void send(String queue, Message<?> message) {
		this.readers.getOrDefault(queue, List.of()).forEach((reader) -> send(reader, message));
	}

	private void send(StompSubscription reader, Message<?> message) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.wrap(message);
		accessor.setSessionId(reader.connection().id());
		accessor.setSubscriptionId(reader.id());
		accessor.setDestination(reader.destination());
		this.outbound.send(MessageBuilder.createMessage(message.getPayload(), accessor.getMessageHeaders()));
	}

	private static List<StompSubscription> joined(List<StompSubscription> present, List<StompSubscription> added) {
		return Stream.concat(present.stream(), added.stream()).toList();
	}

	private static @Nullable List<StompSubscription> without(List<StompSubscription> present, StompSubscription gone) {
		List<StompSubscription> left = present.stream().filter((reader) -> reader != gone).toList();
		return left.isEmpty() ? null : left;
	}

}
