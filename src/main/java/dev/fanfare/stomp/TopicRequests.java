package dev.fanfare.stomp;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Durable;
import dev.fanfare.broker.Durables;
import dev.fanfare.broker.StartAt;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.Subscription;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Do what frames and messages ask of topics, and note it for their receipts. */
@Component
class TopicRequests {

	private final Broker broker;

	private final Durables durables;

	TopicRequests(Broker broker, Durables durables) {
		this.broker = broker;
		this.durables = durables;
	}

	/**
	 * Publish, or have the receipt collect what is to be published with others.
	 * @param visitor where it comes from
	 * @param headers what the readers get beside the body
	 * @param key names this publishing, if the sender named it
	 * @throws dev.fanfare.topic.Refusal if it is not published
	 */
	void publish(Caller caller, Visitor visitor, TopicName topic, Map<String, String> headers, byte[] body,
			@Nullable String key, Receipt receipt) {
		Draft draft = new Draft(topic, headers, body, (key != null) ? new IdempotencyKey(key) : null);
		if (receipt.collects(draft)) {
			return;
		}
		Stored stored = this.broker.publish(caller, visitor, List.of(draft), Broker.AS_LONG_AS_IT_TAKES).getFirst();
		if (receipt.isWanted()) {
			receipt.add("position", stored.position().toString());
			if (key != null) {
				receipt.add("duplicate", Boolean.toString(stored.duplicate()));
			}
		}
	}

	/**
	 * Subscribe, and have the receipt wait until the subscription is live.
	 * @param headers returns a header of the SUBSCRIBE frame, if it has it
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	void subscribe(TopicName topic, Function<String, @Nullable String> headers, StompSubscription subscription,
			Receipt receipt) {
		StartHeaders start = StartHeaders.of(headers, receipt.isWanted());
		Subscription subscribed = receipt.durable()
			.map((name) -> subscribeDurably(name, topic, start, subscription))
			.orElseGet(() -> subscribe(topic, start.start(), subscription));
		receipt.waitFor(subscribed.started().thenAccept((started) -> {
			receipt.add("position", started.position().toString());
			receipt.add("recovered", Boolean.toString(started.recovered()));
			receipt.add("replayed", Long.toString(started.replayed()));
		}));
		subscribed.started().exceptionally((failure) -> {
			subscription.connection().subscriptions().remove(subscription);
			return null;
		});
	}

	/** Subscribe a client to what is published from now on, whatever it may itself. */
	void subscribeForServer(TopicName topic, StompSubscription subscription) {
		subscribe(new Caller.Application(), topic, new StartAt.Live(), subscription);
	}

	private Subscription subscribe(TopicName topic, StartAt start, StompSubscription subscription) {
		return subscribe(subscription.connection().caller(), topic, start, subscription);
	}

	private Subscription subscribe(Caller caller, TopicName topic, StartAt start, StompSubscription subscription) {
		Subscription subscribed = this.broker.subscribe(caller, topic, start, new StompSubscriber(subscription));
		subscription.hears(subscribed);
		subscription.endsBy(subscribed::cancel);
		return subscribed;
	}

	private Subscription subscribeDurably(CursorName name, TopicName topic, StartHeaders start,
			StompSubscription subscription) {
		Caller caller = subscription.connection().caller();
		StompSubscriber subscriber = new StompSubscriber(subscription);
		Durable durable = this.durables.open(caller, name, topic, start.start(), start.ifLost(), subscriber::fail);
		subscription.follow(durable);
		Subscription subscribed = this.broker.subscribe(caller, topic, durable.start(), subscriber);
		subscription.hears(subscribed);
		subscription.endsBy(() -> {
			this.durables.close(durable);
			subscribed.cancel();
		});
		return subscribed;
	}

}
