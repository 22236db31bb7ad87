package dev.fanfare.stomp;

import java.util.List;
import java.util.Optional;

import dev.fanfare.access.Caller;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.TopicName;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.util.Assert;

/**
 * Stand where Spring's simple broker stands: between its channels and Fanfare's broker.
 * <p>
 * What is for {@code /topic/NAME} is published or subscribed there; what Spring resolved
 * for one user or session is a queue of this node. Other destinations are not for
 * brokers.
 */
final class StompBroker extends AbstractBrokerMessageHandler {

	private final TopicRequests topics;

	private final StompConnections connections;

	private final UserQueues queues;

	private final Visitor inside;

	StompBroker(SubscribableChannel inbound, SubscribableChannel outbound, SubscribableChannel brokerChannel,
			TopicRequests topics, StompConnections connections, Visitor inside) {
		super(inbound, outbound, brokerChannel, List.of("/topic/", "/queue/"));
		this.topics = topics;
		this.connections = connections;
		this.inside = inside;
		this.queues = new UserQueues(outbound);
	}

	@Override
	protected void startInternal() {
		publishBrokerAvailableEvent();
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		String destination = SimpMessageHeaderAccessor.getDestination(headers);
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(headers);
		if (destination == null || !checkDestinationPrefix(destination)) {
			return;
		}
		if (type == SimpMessageType.MESSAGE) {
			Destinations.topic(destination)
				.ifPresentOrElse((topic) -> publish(topic, message), () -> this.queues.send(destination, message));
		}
		else if (type == SimpMessageType.SUBSCRIBE) {
			Destinations.topic(destination)
				.ifPresentOrElse((topic) -> subscribe(topic, message), () -> subscribeToQueue(destination, headers));
		}
	}

	private void publish(TopicName topic, Message<?> message) {
		StompHeaderAccessor accessor = StompHeaderAccessor.wrap(message);
		Assert.isInstanceOf(byte[].class, message.getPayload(), "Messages for topics are bytes when they get here");
		// Only what a client sent carries a command; the rest is the application's own.
		Caller caller = (accessor.getCommand() != null) ? Caller.of(accessor.getUser()) : new Caller.Application();
		Visitor visitor = this.connections.find(accessor.getSessionId())
			.map(StompConnection::visitor)
			.orElse(this.inside);
		this.topics.publish(caller, visitor, topic, PassedHeaders.of(accessor), (byte[]) message.getPayload(),
				accessor.getFirstNativeHeader(IdempotencyKey.HEADER), Receipt.of(message));
	}

	private void subscribe(TopicName topic, Message<?> message) {
		subscription(message.getHeaders()).ifPresent((subscription) -> this.topics.subscribe(topic,
				StompHeaderAccessor.wrap(message)::getFirstNativeHeader, subscription, Receipt.of(message)));
	}

	private void subscribeToQueue(String queue, MessageHeaders headers) {
		subscription(headers)
			.ifPresent((subscription) -> subscription.endsBy(this.queues.subscribe(queue, subscription)));
	}

	/**
	 * Return the subscription that the frame handler has noted for this message, unless
	 * its client is gone.
	 */
	private Optional<StompSubscription> subscription(MessageHeaders headers) {
		String id = SimpMessageHeaderAccessor.getSubscriptionId(headers);
		return this.connections.find(SimpMessageHeaderAccessor.getSessionId(headers))
			.flatMap((connection) -> connection.subscriptions().find(String.valueOf(id)));
	}

}
