package dev.fanfare.broker;

/** Carry the deliveries of all subscriptions that one client made over one connection. */
public interface Connection {

	/**
	 * Send what was queued for this connection's subscribers since the last flush.
	 * <p>
	 * Called on the connection's lane, which it must not hold up: it neither waits for
	 * the reader nor throws.
	 * @param sent run once, on any thread: when the network has taken it, or when the
	 * reader is too slow to wait for or gone
	 */
	void flush(Runnable sent);

}
