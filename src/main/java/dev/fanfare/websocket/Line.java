package dev.fanfare.websocket;

import org.eclipse.jetty.util.Callback;

/**
 * Carry what an {@link Outbox} sends to one client, in the way of its protocol. No method
 * waits for the client.
 */
public interface Line {

	/**
	 * Send a payload after those that were sent before it.
	 * @param sent told once, on any thread, when the network has taken it or never will
	 * @param batch whether more follows at once, so that this one need not be written yet
	 */
	void send(Payload payload, Callback sent, boolean batch);

	/** Send something that means nothing, so that the line is not taken for dead. */
	void ping();

	/**
	 * Tell the client that this is the end, and why, then end. Called once, when all was
	 * sent or the reader is too slow to wait for.
	 */
	void close(CloseReason reason, String text);

	/** Cut the client off. */
	void abort();

}
