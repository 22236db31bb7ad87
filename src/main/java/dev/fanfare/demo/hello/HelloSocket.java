package dev.fanfare.demo.hello;

import java.util.List;

import dev.fanfare.broker.Connection;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Train;
import dev.fanfare.topic.Publication;
import dev.fanfare.websocket.Outbox;
import dev.fanfare.websocket.Payload;

/** Send the broadcasts to one bare WebSocket, each body as one message. */
final class HelloSocket implements Connection, Subscriber {

	private final Outbox outbox;

	HelloSocket(Outbox outbox) {
		this.outbox = outbox;
	}

	Outbox outbox() {
		return this.outbox;
	}

	@Override
	public Connection connection() {
		return this;
	}

	@Override
	public void deliver(Train train) {
		train.once(HelloSocket.class, HelloSocket::payloads).forEach(this.outbox::queue);
	}

	@Override
	public void flush(Runnable sent) {
		this.outbox.flush(sent);
	}

	private static List<Payload> payloads(Train train) {
		return train.publications().stream().map(Publication::body).map(Payload::of).toList();
	}

}
