package dev.fanfare.stomp;

import java.util.List;
import java.util.function.Function;

import dev.fanfare.broker.Connection;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Train;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.Outbox;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Send the publications of one topic to one subscription of a STOMP client as MESSAGE
 * frames.
 */
final class StompSubscriber implements Subscriber {

	private final StompSubscription subscription;

	/** That of the subscription's connection, which a lane need not go through. */
	private final Outbox outbox;

	/**
	 * Replaced on the lane by one that is equal, so that subscribers who share their
	 * bytes come to share it too, and can be told by that.
	 */
	private StompSubscription.@Nullable Layout layout;

	StompSubscriber(StompSubscription subscription) {
		this.subscription = subscription;
		this.outbox = subscription.connection().outbox();
		this.layout = subscription.layout();
	}

	@Override
	public Connection connection() {
		return this.outbox;
	}

	@Override
	public boolean deliver(Train train) {
		StompSubscription.Layout layout = this.layout;
		if (layout != null) {
			List<Payload> frames = train.once(layout, (whole) -> frames(whole, layout::sharedFrame));
			StompSubscription.Layout shared = train.shared(layout);
			if (shared != layout) {
				this.layout = shared;
			}
			return this.outbox.queue(frames);
		}
		send(train);
		return false;
	}

	@Override
	public boolean keepsUp() {
		return this.layout != null || this.subscription.hasRoom();
	}

	@Override
	public void replay(Train train) {
		StompSubscription.Layout layout = this.layout;
		if (layout != null) {
			this.outbox.send(frames(train, layout::frame));
		}
		else {
			send(train);
		}
	}

	@Override
	public boolean awaitRoom() throws InterruptedException {
		return this.subscription.awaitRoom() && this.outbox.awaitRoom();
	}

	@Override
	public void fail(Refusal why) {
		this.subscription.connection().fail(why, null);
	}

	private void send(Train train) {
		for (Publication publication : train.publications()) {
			if (this.subscription.wants(publication)) {
				this.subscription.send(OutgoingMessage.of(publication));
			}
		}
	}

	private static List<Payload> frames(Train train, Function<Publication, Payload> write) {
		List<Publication> publications = train.publications();
		if (publications.size() == 1) {
			return List.of(write.apply(publications.getFirst()));
		}
		return Payload.joined(publications.stream().map(write).toList());
	}

}
