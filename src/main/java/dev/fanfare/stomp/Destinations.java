package dev.fanfare.stomp;

import java.util.Collection;
import java.util.Optional;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.TopicName;

/**
 * Tell the destinations of STOMP frames apart.
 *
 * @param application prefixes of the application's {@code @MessageMapping}s
 * @param user prefix of what belongs to one user
 */
record Destinations(Collection<String> application, String user) {

	private static final String TOPIC = "/topic/";

	/**
	 * Return the topic that a destination names, if it is of that kind.
	 * @throws dev.fanfare.topic.InvalidTopicName if what follows the prefix is no name
	 */
	static Optional<TopicName> topic(String destination) {
		return destination.startsWith(TOPIC) ? Optional.of(new TopicName(destination.substring(TOPIC.length())))
				: Optional.empty();
	}

	/**
	 * Let a client send there.
	 * @throws dev.fanfare.topic.Refusal if it cannot
	 */
	void requireSendable(String destination) {
		if (destination.startsWith(this.user)) {
			throw new ProtocolViolation(ErrorType.ACCESS_DENIED,
					"Clients cannot send to '%s': what is under %s comes from the application.".formatted(destination,
							this.user));
		}
		requireKnown(destination);
	}

	/**
	 * Let a client subscribe there.
	 * @throws dev.fanfare.topic.Refusal if it cannot
	 */
	void requireSubscribable(String destination) {
		if (!isOwnQueue(destination)) {
			requireKnown(destination);
		}
	}

	/** Tell whether this is a client's name for a queue of its own. */
	private boolean isOwnQueue(String destination) {
		String prefix = this.user + "queue/";
		return destination.startsWith(prefix) && destination.length() > prefix.length();
	}

	private void requireKnown(String destination) {
		if (topic(destination).isEmpty() && this.application.stream().noneMatch(destination::startsWith)) {
			throw unknown(destination);
		}
	}

	static ProtocolViolation unknown(String destination) {
		return new ProtocolViolation(ErrorType.UNKNOWN_DESTINATION,
				"Nothing is at '%s'. There are /topic/NAME, /user/queue/NAME and the application's /app/..."
					.formatted(destination));
	}

}
