package dev.fanfare.stomp;

import java.util.List;
import java.util.function.Function;

import dev.fanfare.broker.Connection;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Train;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Send the publications of one topic to one subscription of a STOMP client as MESSAGE
 * frames.
 */
final class StompSubscriber implements Subscriber {

	private final StompSubscription subscription;

	private final StompSubscription.@Nullable Layout layout;

	StompSubscriber(StompSubscription subscription) {
		this.subscription = subscription;
		this.layout = subscription.layout();
	}

	@Override
	public Connection connection() {
		return this.subscription.connection();
	}

	@Override
	public boolean deliver(Train train) {
		if (this.layout != null) {
			List<Payload> frames = train.once(this.layout, (whole) -> frames(whole, this.layout::sharedFrame));
			return this.subscription.connection().outbox().queue(frames);
		}
		send(train);
		return false;
	}

	@Override
	public boolean keepsUp() {
		return this.subscription.hasRoom();
	}

	@Override
	public void replay(Train train) {
		if (this.layout != null) {
			this.subscription.connection().outbox().send(frames(train, this.layout::frame));
		}
		else {
			send(train);
		}
	}

	@Override
	public boolean awaitRoom() throws InterruptedException {
		return this.subscription.awaitRoom() && this.subscription.connection().outbox().awaitRoom();
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
