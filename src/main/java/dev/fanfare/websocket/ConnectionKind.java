package dev.fanfare.websocket;

import java.util.Locale;

/** Say what is spoken on a connection. */
public enum ConnectionKind {

	/** STOMP over a WebSocket. */
	STOMP,

	/** A WebSocket whose messages are the bodies. */
	WEBSOCKET,

	/** Server-Sent Events. */
	SSE;

	/** Return the word for logs and metrics. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
