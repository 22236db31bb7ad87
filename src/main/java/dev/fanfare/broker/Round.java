package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gather the connections that a lane has queued something for, to flush each once.
 * Bounded by the subscriptions that a round serves. Belongs to the lane's thread.
 */
final class Round {

	private static final Logger logger = LoggerFactory.getLogger(Round.class);

	private final Intake intake;

	private final List<Connection> connections = new ArrayList<>();

	private final LaneWork work;

	private final LongConsumer sent;

	private int weight;

	private List<Announcement> traced = List.of();

	/** When the sample of this round was accepted, 0 while there is none. */
	private long sample;

	/**
	 * Begin with nothing.
	 * @param work what the lane has done so far
	 * @param sent told of one publication of each round when it was sent
	 */
	Round(Intake intake, LaneWork work, LongConsumer sent) {
		this.intake = intake;
		this.work = work;
		this.sent = sent;
	}

	Tally deliveries() {
		return this.work.deliveries();
	}

	/**
	 * Note that the last subscription is given a train.
	 * @param traced those of it that are traced
	 */
	void complete(Train train, List<Announcement> traced) {
		this.traced = this.traced.isEmpty() ? traced : Stream.concat(this.traced.stream(), traced.stream()).toList();
		if (this.sample == 0) {
			this.sample = train.publications().getFirst().timestamp();
		}
	}

	/** Have a connection flushed that has something queued for the first time. */
	void add(Connection connection) {
		this.connections.add(connection);
	}

	/** Have weight given back when the connections have been sent their share. */
	void add(int weight) {
		this.weight += weight;
	}

	/** Flush, and begin anew. */
	void end() {
		int weight = this.weight;
		long sample = this.sample;
		List<Announcement> traced = this.traced;
		this.weight = 0;
		this.sample = 0;
		this.traced = List.of();
		if (this.connections.isEmpty()) {
			this.intake.discharge(weight);
			traced.forEach(Announcement::sent);
			return;
		}
		this.work.rounds().add(1);
		this.work.flushes().add(this.connections.size());
		Drain drain = new Drain(this.connections.size(), () -> {
			this.intake.discharge(weight);
			if (sample != 0) {
				this.sent.accept(sample);
			}
			traced.forEach(Announcement::sent);
		});
		this.connections.forEach((connection) -> flush(connection, drain));
		this.connections.clear();
	}

	private static void flush(Connection connection, Drain drain) {
		try {
			connection.flush(drain);
		}
		catch (RuntimeException ex) {
			logger.error("Could not flush a connection", ex);
			drain.run();
		}
	}

}
