package dev.fanfare.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Have what a thread logs name the session and the user that it is about, until it is
 * closed. The names are those of the Elastic Common Schema.
 */
public final class LogContext implements AutoCloseable {

	static final String SESSION = "session.id";

	static final String USER = "user.name";

	private LogContext() {
	}

	/**
	 * Begin to name them.
	 * @param session the id of the connection, if it is one
	 * @param user who it is, if that is known
	 */
	public static LogContext of(@Nullable String session, @Nullable Principal user) {
		if (session != null) {
			MDC.put(SESSION, session);
		}
		if (user != null) {
			MDC.put(USER, user.getName());
		}
		return new LogContext();
	}

	@Override
	public void close() {
		MDC.remove(SESSION);
		MDC.remove(USER);
	}

}
