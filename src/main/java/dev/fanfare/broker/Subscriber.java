package dev.fanfare.broker;

/** Take the publications of one subscription on behalf of its connection. */
public interface Subscriber {

	/**
	 * Return the connection that carries this subscriber's deliveries; always the same
	 * one.
	 */
	Connection connection();

	/**
	 * Queue the publications for the connection; its {@link Connection#flush flush}
	 * follows soon.
	 * <p>
	 * Called on the connection's lane, in the order of the offsets. It neither blocks nor
	 * throws for reasons of the reader.
	 * @param train what to deliver
	 */
	void deliver(Train train);

}
