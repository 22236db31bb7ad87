package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.List;

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

	private int weight;

	Round(Intake intake) {
		this.intake = intake;
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
		this.weight = 0;
		if (this.connections.isEmpty()) {
			this.intake.discharge(weight);
			return;
		}
		Drain drain = new Drain(this.connections.size(), () -> this.intake.discharge(weight));
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
