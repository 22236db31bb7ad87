package dev.fanfare.stomp;

import java.util.List;

import dev.fanfare.broker.Connection;
import dev.fanfare.broker.Subscriber;
import dev.fanfare.broker.Train;
import dev.fanfare.websocket.Payload;

/**
 * Send the publications of one topic to one subscription of a STOMP client as MESSAGE
 * frames.
 */
final class StompSubscriber implements Subscriber {

	private final StompConnection connection;

	private final Layout layout;

	StompSubscriber(StompConnection connection, String id, String destination) {
		this.connection = connection;
		this.layout = new Layout(connection.version(), id, destination);
	}

	@Override
	public Connection connection() {
		return this.connection;
	}

	@Override
	public void deliver(Train train) {
		train.once(this.layout, this.layout::frames).forEach(this.connection.outbox()::queue);
	}

	/**
	 * Say what the frames of a train depend on: subscribers with equal ones share their
	 * bytes.
	 */
	private record Layout(StompVersion version, String id, String destination) {

		private List<Payload> frames(Train train) {
			return train.publications()
				.stream()
				.map((publication) -> StompEncoder.message(this.version, this.id, this.destination, publication))
				.toList();
		}

	}

}
