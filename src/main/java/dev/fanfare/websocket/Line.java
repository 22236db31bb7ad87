package dev.fanfare.websocket;

import java.time.Duration;
import java.util.List;

import org.eclipse.jetty.util.Callback;

/**
 * Carry what an {@link Outbox} sends to one client, in the way of its protocol. No method
 * waits for the client.
 */
public interface Line {

	/**
	 * Send payloads after those that were sent before them, with as few writes as can be.
	 * @param payloads one at least
	 * @param sent told once, on any thread, when the network has taken all of them or
	 * never will
	 */
	void send(List<Payload> payloads, Callback sent);

	/** Tell whether the client can be sent {@linkplain Payload#deflated() compressed}. */
	boolean compresses();

	/** Send something that means nothing, so that the line is not taken for dead. */
	void ping();

	/**
	 * Tell the client after how long to come back, where its protocol can say so before
	 * the end. Called just before {@link #close}, which names it in its text as well.
	 */
	default void comeBackIn(Duration wait) {
	}

	/**
	 * Tell the client that this is the end, and why, then end. Called once, when all was
	 * sent or the reader is too slow to wait for.
	 * @param code what the client is told, that of the reason unless somebody chose
	 * another
	 */
	void close(CloseReason reason, int code, String text);

	/** Cut the client off. */
	void abort();

}
