package dev.fanfare.stomp;

import dev.fanfare.access.LogContext;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.stomp.StompCommand;

/** Find what a client is to be told of something that was thrown. */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private Refusals() {
	}

	/**
	 * Return what happened without the message it happened to, whose headers are secret.
	 */
	private static Throwable withoutMessage(Throwable thrown) {
		Throwable cause = thrown.getCause();
		return (thrown instanceof MessagingException && cause != null) ? withoutMessage(cause) : thrown;
	}

	/**
	 * Return the refusal in what was thrown, or what an interceptor of the application
	 * said; anything else is a fault of the server, which its log names and the client is
	 * not told.
	 */
	static Refusal of(StompConnection connection, Throwable thrown, StompCommand command) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
			String message = cause.getMessage();
			if (cause instanceof MessagingException && cause.getCause() == null && message != null) {
				return new ProtocolViolation(ErrorType.REJECTED, message);
			}
		}
		try (LogContext context = LogContext.of(connection.id(), connection.user())) {
			logger.error("Could not handle a {} frame", command, withoutMessage(thrown));
		}
		return new ProtocolViolation(ErrorType.INTERNAL_ERROR, "The server failed to handle the frame.");
	}

}
