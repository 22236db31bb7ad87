package dev.fanfare.access;

import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicName;

/**
 * Decide in the application's code what a caller may do with a topic.
 * <p>
 * An application has one bean of it at most. It is asked before each thing that is done,
 * each publication among them, on the thread that wants to do it: that of the request, or
 * the one that reads the client's socket, which is virtual, so it may wait, and the
 * client with it. About a single publication over HTTP it is asked twice: before its body
 * is read and before it is published. It is not asked about subscriptions that go on.
 * Where it fails, that is logged and the caller may not.
 */
@FunctionalInterface
public interface Authorizer {

	/**
	 * Decide.
	 * @param caller never the application itself, which may do everything
	 */
	Verdict decide(Caller caller, Action action, TopicName topic);

	/** Say what was decided. */
	enum Verdict {

		/** The caller may, whatever the rules say. */
		ALLOW,

		/** The caller may not, whatever the rules say. */
		DENY,

		/** The rules decide, as if the application had said nothing. */
		BY_RULES

	}

}
