package dev.fanfare.stomp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

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

	private final Map<String, List<Reader>> readers = new ConcurrentHashMap<>();

	UserQueues(MessageChannel outbound) {
		this.outbound = outbound;
	}

	/**
	 * Return the destination as the client named it, which Spring keeps among the native
	 * headers.
	 */
	static String originalDestination(MessageHeaders headers) {
		Object destination = NativeMessageHeaderAccessor
			.getFirstNativeHeader(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, headers);
		return String.valueOf(destination);
	}

	/**
	 * Send messages of the queue to a subscription.
	 * @param destination the queue as the client named it
	 * @return ends it
	 */
	Runnable subscribe(String queue, String session, String id, String destination) {
		Reader reader = new Reader(session, id, destination);
		this.readers.merge(queue, List.of(reader), UserQueues::joined);
		return () -> this.readers.computeIfPresent(queue, (same, present) -> without(present, reader));
	}

	void send(String queue, Message<?> message) {
		this.readers.getOrDefault(queue, List.of()).forEach((reader) -> send(reader, message));
	}

	private void send(Reader reader, Message<?> message) {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.wrap(message);
		accessor.setSessionId(reader.session());
		accessor.setSubscriptionId(reader.id());
		accessor.setDestination(reader.destination());
		this.outbound.send(MessageBuilder.createMessage(message.getPayload(), accessor.getMessageHeaders()));
	}

	private static List<Reader> joined(List<Reader> present, List<Reader> added) {
		return Stream.concat(present.stream(), added.stream()).toList();
	}

	private static @Nullable List<Reader> without(List<Reader> present, Reader gone) {
		List<Reader> left = present.stream().filter((reader) -> reader != gone).toList();
		return left.isEmpty() ? null : left;
	}

	private record Reader(String session, String id, String destination) {
	}

}
