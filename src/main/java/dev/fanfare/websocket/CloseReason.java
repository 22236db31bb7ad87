package dev.fanfare.websocket;

import java.util.Locale;

/**
 * Say why the server ends a connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, 7.4</a>
 */
public enum CloseReason {

	/** The client asked for it. */
	NORMAL(1000, "bye"),

	/** The client broke the protocol; an ERROR frame said how. */
	PROTOCOL_ERROR(1002, "protocol error"),

	/** What the client wants is not allowed. */
	NOT_ALLOWED(1008, "not allowed"),

	/** A fault of the server. */
	INTERNAL_ERROR(1011, "internal error"),

	/** The server is shutting down. */
	SERVICE_RESTART(1012, "the server is restarting: come back in a moment"),

	/** More is waiting for the reader than may. */
	SLOW_READER(1013, "slow reader: too much is unsent, come back and resume"),

	/** No CONNECT frame came in time. */
	CONNECT_TIMEOUT(4001, "no CONNECT frame came in time"),

	/** The client was silent for twice the interval it had promised. */
	HEARTBEAT_MISSED(4002, "no heart-beat came in time"),

	/** An operator ends it, with a code and a text of their own. */
	OPERATOR(4010, "closed by an operator");

	private final int code;

	private final String text;

	CloseReason(int code, String text) {
		this.code = code;
		this.text = text;
	}

	/** Return the status code of the close frame. */
	public int code() {
		return this.code;
	}

	/** Return the reason in the close frame, at most 123 bytes. */
	public String text() {
		return this.text;
	}

	/** Return the word for logs and metrics, in kebab case. */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
