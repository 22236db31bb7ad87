package dev.fanfare.stomp;

import java.util.List;
import java.util.Optional;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Durable;
import dev.fanfare.broker.Durables;
import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.Subscription;
import dev.fanfare.topic.Draft;
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

	private final Broker broker;

	private final Durables durables;

	private final StompConnections connections;

	private final UserQueues queues;

	StompBroker(SubscribableChannel inbound, SubscribableChannel outbound, SubscribableChannel brokerChannel,
			Broker broker, Durables durables, StompConnections connections) {
		super(inbound, outbound, brokerChannel, List.of("/topic/", "/queue/"));
		this.broker = broker;
		this.durables = durables;
		this.connections = connections;
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
		Draft draft = draft(topic, accessor, (byte[]) message.getPayload());
		Receipt receipt = Receipt.of(message);
		if (receipt.collects(draft)) {
			return;
		}
		// Only what a client sent carries a command; the rest is the application's own.
		Caller caller = (accessor.getCommand() != null) ? Caller.of(accessor.getUser()) : new Caller.Application();
		Stored stored = this.broker.publish(caller, draft);
		receipt.add("position", stored.position().toString());
		if (draft.idempotencyKey() != null) {
			receipt.add("duplicate", Boolean.toString(stored.duplicate()));
		}
	}

	private static Draft draft(TopicName topic, StompHeaderAccessor accessor, byte[] body) {
		Draft draft = new Draft(topic, PassedHeaders.of(accessor), body);
		String key = accessor.getFirstNativeHeader(IdempotencyKey.HEADER);
		return (key != null) ? draft.with(new IdempotencyKey(key)) : draft;
	}

	private void subscribe(TopicName topic, Message<?> message) {
		subscription(message.getHeaders()).ifPresent((subscription) -> {
			Receipt receipt = Receipt.of(message);
			StartHeaders headers = StartHeaders.of(StompHeaderAccessor.wrap(message), receipt.isWanted());
			StompSubscriber subscriber = new StompSubscriber(subscription);
			Caller caller = subscription.connection().caller();
			Subscription subscribed = receipt.durable()
				.map((name) -> subscribeDurably(name, caller, topic, headers, subscription, subscriber))
				.orElseGet(() -> subscribe(caller, topic, headers.start(), subscription, subscriber));
			receipt.waitFor(subscribed.started().thenAccept((started) -> {
				receipt.add("position", started.position().toString());
				receipt.add("recovered", Boolean.toString(started.recovered()));
				receipt.add("replayed", Long.toString(started.replayed()));
			}));
			subscribed.started().exceptionally((failure) -> {
				subscription.connection().subscriptions().remove(subscription);
				return null;
			});
		});
	}

	private Subscription subscribe(Caller caller, TopicName topic, StartAt start, StompSubscription subscription,
			StompSubscriber subscriber) {
		Subscription subscribed = this.broker.subscribe(caller, topic, start, subscriber);
		subscription.endsBy(subscribed::cancel);
		return subscribed;
	}

	private Subscription subscribeDurably(CursorName name, Caller caller, TopicName topic, StartHeaders headers,
			StompSubscription subscription, StompSubscriber subscriber) {
		Durable durable = this.durables.open(caller, name, topic, headers.start(), headers.ifLost(), subscriber::fail);
		subscription.follow(durable);
		Subscription subscribed = this.broker.subscribe(caller, topic, durable.start(), subscriber);
		subscription.endsBy(() -> {
			this.durables.close(durable);
			subscribed.cancel();
		});
		return subscribed;
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
