package dev.fanfare.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Have what a thread logs name the session and the user that it is about, until it is
 * closed. The names are those of the Elastic Common Schema.
 * <p>
 * It is for where an application's code runs or something is logged, not for the short
 * way of a publication to its topic, which would pay for it and log nothing.
 */
public final class LogContext implements AutoCloseable {

	static final String SESSION = "session.id";

	static final String USER = "user.name";

	/** What was named before, which is named again afterwards. */
	private final @Nullable String session = MDC.get(SESSION);

	private final @Nullable String user = MDC.get(USER);

	private LogContext() {
	}

	/**
	 * Begin to name them.
	 * @param session the id of the connection, if it is one
	 * @param user who it is, if that is known
	 */
	public static LogContext of(@Nullable String session, @Nullable Principal user) {
		LogContext context = new LogContext();
		if (session != null) {
			MDC.put(SESSION, session);
		}
		if (user != null) {
			MDC.put(USER, user.getName());
		}
		return context;
	}

	@Override
	public void close() {
		restore(SESSION, this.session);
		restore(USER, this.user);
	}

	private static void restore(String name, @Nullable String value) {
		if (value != null) {
			MDC.put(name, value);
		}
		else {
			MDC.remove(name);
		}
	}

}
