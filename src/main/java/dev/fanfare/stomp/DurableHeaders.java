package dev.fanfare.stomp;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.fanfare.broker.CursorName;
import org.jspecify.annotations.Nullable;

/**
 * Read from the headers of SUBSCRIBE and UNSUBSCRIBE which durable subscription they are
 * about: Fanfare's own, and the one that clients of ActiveMQ know.
 */
final class DurableHeaders {

	private DurableHeaders() {
	}

	/**
	 * Return the durable subscription that a frame names, if it names one.
	 * @throws dev.fanfare.topic.Refusal if the client cannot have one of that name
	 */
	static Optional<CursorName> read(StompFrame frame, @Nullable String owner) {
		Map<String, String> headers = frame.headers();
		return Stream.of(headers.get("durable-subscription-name"), headers.get("activemq.subscriptionName"))
			.filter((name) -> name != null)
			.findFirst()
			.map((name) -> new CursorName(require(owner), String.valueOf(name)));
	}

	private static String require(@Nullable String owner) {
		if (owner == null) {
			throw ProtocolViolation.missingHeader("CONNECT of a client with durable subscriptions", "client-id");
		}
		return owner;
	}

}
