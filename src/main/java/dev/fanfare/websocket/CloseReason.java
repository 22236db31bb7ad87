package dev.fanfare.websocket;

import java.util.Locale;

import dev.fanfare.broker.Session;
import dev.fanfare.topic.ErrorType;

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

	/** The server is shutting down, or has its clients move to another. */
	SERVICE_RESTART(1012, "service-restart"),

	/** More is waiting for the reader than may. */
	SLOW_READER(1013, "slow reader: too much is unsent, come back and resume"),

	/** More than is allowed: connections, subscriptions, publications, bytes. */
	LIMIT_REACHED(1013, "limit reached: come back later"),

	/** No CONNECT frame came in time. */
	CONNECT_TIMEOUT(4001, "no CONNECT frame came in time"),

	/** The client was silent for twice the interval it had promised. */
	HEARTBEAT_MISSED(4002, "no heart-beat came in time"),

	/** What the client showed does not let it in; an ERROR frame said why. */
	NOT_ADMITTED(4003, "not let in"),

	/** The client's token has ended. */
	TOKEN_EXPIRED(4004, "the token expired: come back with a new one"),

	/** The client's token was revoked. */
	TOKEN_REVOKED(4005, "the token was revoked"),

	/** An operator ends it, with a code and a text of their own. */
	OPERATOR(Session.OPERATORS_CODE, Session.OPERATORS_REASON);

	private final int code;

	private final String text;

	CloseReason(int code, String text) {
		this.code = code;
		this.text = text;
	}

	/** Return why a connection is ended on which something was refused. */
	public static CloseReason of(ErrorType refused) {
		return switch (refused) {
			case ACCESS_DENIED, REJECTED -> NOT_ALLOWED;
			case NOT_AUTHENTICATED, INVALID_CREDENTIALS -> NOT_ADMITTED;
			case TOKEN_EXPIRED -> TOKEN_EXPIRED;
			case TOKEN_REVOKED -> TOKEN_REVOKED;
			case SHUTTING_DOWN -> SERVICE_RESTART;
			case TOO_MANY_CONNECTIONS, NODE_FULL, TOO_MANY_SUBSCRIPTIONS, TOO_MANY_PUBLICATIONS, TOO_MANY_BYTES,
					TOO_MANY_REQUESTS ->
				LIMIT_REACHED;
			case INTERNAL_ERROR, APPLICATION_ERROR, KEYS_UNAVAILABLE -> INTERNAL_ERROR;
			default -> PROTOCOL_ERROR;
		};
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
