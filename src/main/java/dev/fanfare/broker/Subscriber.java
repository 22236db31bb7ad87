package dev.fanfare.broker;

import dev.fanfare.topic.Refusal;

/**
 * Take the publications of one subscription on behalf of its connection.
 * <p>
 * While it is live they come {@linkplain #deliver on the connection's lane}; what it
 * missed before comes {@linkplain #replay on a thread of its own}, as fast as the reader
 * {@linkplain #awaitRoom takes} it. Never both at once.
 */
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
	 * @return whether the connection is to be flushed because of it: nothing was queued
	 * before, and now there is
	 */
	boolean deliver(Train train);

	/**
	 * Tell whether it can be delivered more. While it cannot, it is sent what its topic
	 * keeps when there is {@linkplain #awaitRoom room} again. Called on the connection's
	 * lane.
	 */
	default boolean keepsUp() {
		return true;
	}

	/**
	 * Send publications of the past at once; neither blocks nor throws for reasons of the
	 * reader.
	 * @param train a handful of them
	 */
	void replay(Train train);

	/**
	 * Wait until the reader has taken enough of what was sent.
	 * @return whether there is still a reader
	 * @throws InterruptedException if nobody waits any more
	 */
	boolean awaitRoom() throws InterruptedException;

	/** Tell the reader that it cannot be given what comes next, and end. */
	void fail(Refusal why);

}
