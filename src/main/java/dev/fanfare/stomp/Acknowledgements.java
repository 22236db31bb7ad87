package dev.fanfare.stomp;

import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.topic.ErrorType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.stereotype.Component;

/**
 * Handle ACK and NACK frames: by {@code id} in STOMP 1.2, by {@code message-id} and
 * {@code subscription} before.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#ACK">STOMP 1.2,
 * ACK</a>
 */
@Component
class Acknowledgements {

	private final ApplicationEventPublisher events;

	private final Counter redelivered;

	private final Counter givenUp;

	Acknowledgements(ApplicationEventPublisher events, MeterRegistry meters) {
		this.events = events;
		this.redelivered = meters.counter("fanfare.redeliveries");
		this.givenUp = meters.counter("fanfare.deliveries.given.up");
	}

	/**
	 * Let a frame be handled.
	 * @throws ProtocolViolation if it is about nothing that waits for it
	 */
	void require(StompConnection connection, StompFrame frame) {
		target(connection, frame);
	}

	/**
	 * Let frames be handled one after the other.
	 * @throws ProtocolViolation if one is about nothing that waits for it, or will not
	 * when the ones before it are done
	 */
	void require(StompConnection connection, List<StompFrame> frames) {
		Set<Target> spokenFor = new HashSet<>();
		for (StompFrame frame : frames) {
			Target target = target(connection, frame);
			if (spokenFor.contains(target)) {
				throw unknown(frame, target.message());
			}
			for (String message : target.subscription().concernedBy(target.message())) {
				spokenFor.add(new Target(target.subscription(), message));
			}
		}
	}

	/**
	 * Do what the frame says.
	 * @return completes when a durable subscription has moved on for good
	 * @throws ProtocolViolation if it is about nothing that waits for it
	 */
	CompletableFuture<Void> handle(StompConnection connection, StompFrame frame) {
		Target target = target(connection, frame);
		StompSubscription subscription = target.subscription();
		if (frame.command() == StompCommand.ACK) {
			return subscription.acknowledge(target.message());
		}
		int concerned = subscription.concernedBy(target.message()).size();
		List<OutgoingMessage> givenUp = subscription.reject(target.message());
		this.redelivered.increment(concerned - givenUp.size());
		for (OutgoingMessage message : givenUp) {
			this.givenUp.increment();
			this.events.publishEvent(event(subscription, message));
		}
		return CompletableFuture.completedFuture(null);
	}

	private static Target target(StompConnection connection, StompFrame frame) {
		if (connection.version() == StompVersion.V1_2) {
			List<String> ids = StompSubscription.split(frame.require("id"));
			return target(frame, connection.subscriptions().find(ids.getFirst()), ids.getLast());
		}
		String message = frame.require("message-id");
		if (connection.version() == StompVersion.V1_0 && frame.header("subscription") == null) {
			return target(frame, connection.subscriptions().awaiting(message), message);
		}
		return target(frame, connection.subscriptions().find(frame.require("subscription")), message);
	}

	private static Target target(StompFrame frame, Optional<StompSubscription> subscription, String message) {
		return subscription.filter((found) -> found.awaits(message))
			.map((found) -> new Target(found, message))
			.orElseThrow(() -> unknown(frame, message));
	}

	private static ProtocolViolation unknown(StompFrame frame, String message) {
		return new ProtocolViolation(ErrorType.UNKNOWN_MESSAGE,
				"%s is about message '%s', which does not wait for one on this connection.".formatted(frame.command(),
						frame.headers().getOrDefault("id", message)));
	}

	private static MessageGivenUp event(StompSubscription subscription, OutgoingMessage message) {
		Principal user = subscription.connection().user();
		return new MessageGivenUp(subscription.connection().id(), (user != null) ? user.getName() : null,
				subscription.id(), subscription.destination(), message.id(), message.body());
	}

	private record Target(StompSubscription subscription, String message) {
	}

}
