package dev.fanfare.demo.hello;

import java.util.List;
import java.util.Optional;

import dev.fanfare.broker.Connection;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Subscription;
import dev.fanfare.broker.Train;
import dev.fanfare.limits.Hold;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.Outbox;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

/** Send the broadcasts to one bare WebSocket, each body as one message. */
final class HelloSocket implements Subscriber {

	private final String name;

	private final Outbox outbox;

	private volatile Hold place = Hold.NOTHING;

	private volatile @Nullable Subscription subscription;

	private volatile boolean ended;

	HelloSocket(String name, Outbox outbox) {
		this.name = name;
		this.outbox = outbox;
	}

	String name() {
		return this.name;
	}

	Outbox outbox() {
		return this.outbox;
	}

	/** Have its place among the subscriptions until the {@link #end()}, as below. */
	void takes(Hold taken) {
		this.place = taken;
		if (this.ended) {
			taken.close();
		}
	}

	/** Keep the subscription until the {@link #end()}, which may have come already. */
	void hears(Subscription subscription) {
		this.subscription = subscription;
		if (this.ended) {
			subscription.abandon();
		}
	}

	/** Return the subscription, once there is one. */
	Optional<Subscription> heard() {
		return Optional.ofNullable(this.subscription);
	}

	void end() {
		this.ended = true;
		this.place.close();
		Subscription heard = this.subscription;
		if (heard != null) {
			heard.abandon();
		}
	}

	@Override
	public Connection connection() {
		return this.outbox;
	}

	@Override
	public boolean deliver(Train train) {
		return this.outbox.queue(train.once(HelloSocket.class, HelloSocket::payloads));
	}

	@Override
	public void replay(Train train) {
		this.outbox.send(payloads(train));
	}

	@Override
	public boolean awaitRoom() throws InterruptedException {
		return this.outbox.awaitRoom();
	}

	@Override
	public void fail(Refusal why) {
		this.outbox.send(Payload.of(why.getMessage()));
		this.outbox.close(CloseReason.of(why.type()));
	}

	private static List<Payload> payloads(Train train) {
		return Payload.joined(train.publications().stream().map(Publication::body).map(Payload::of).toList());
	}

}
