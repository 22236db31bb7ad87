package dev.fanfare.conformance;

import java.util.stream.Stream;

/**
 * Ask a server for one rule.
 *
 * @param id short and stable, such as {@code ack-client-cumulative}
 * @param section where the rule stands: a heading of the STOMP 1.2 text unless it says
 * otherwise
 * @param standard whether every STOMP server must pass; the others are Fanfare's promises
 * @param body talks to the server and throws an {@link AssertionError} if it does not
 * keep the rule
 */
record Check(String id, String section, boolean standard, Body body) {

	static Check standard(String id, String section, Body body) {
		return new Check(id, section, true, body);
	}

	static Check fanfare(String id, String section, Body body) {
		return new Check(id, section, false, body);
	}

	/**
	 * Ask twice what a client of STOMP 1.2 gets for bad frames: whether it is an ERROR
	 * and the end of the connection, as the standard says, and whether the ERROR has
	 * Fanfare's type.
	 */
	static Stream<Check> refused(String id, String section, String type, String frames) {
		return refused(id, section, type, (server) -> server.client().send(frames));
	}

	/** Ask twice as {@link #refused(String, String, String, String)} does. */
	static Stream<Check> refused(String id, String section, String type, Attempt attempt) {
		return Stream.of(standard(id, section, (server) -> attempt.by(server).error()),
				fanfare(id + "-type", section, (server) -> attempt.by(server).error(type)));
	}

	/** Ask for an ERROR of that type where the standard does not demand one. */
	static Stream<Check> refusedByFanfare(String id, String section, String type, String frames) {
		return refusedByFanfare(id, section, type, (server) -> server.client().send(frames));
	}

	/** Ask as {@link #refusedByFanfare(String, String, String, String)} does. */
	static Stream<Check> refusedByFanfare(String id, String section, String type, Attempt attempt) {
		return Stream.of(fanfare(id, section, (server) -> attempt.by(server).error(type)));
	}

	@Override
	public String toString() {
		return this.id + " (" + this.section + ")";
	}

	/** Talk to the server. */
	@FunctionalInterface
	interface Body {

		void run(Server server);

	}

	/** Do what is wrong, and return who did it. */
	@FunctionalInterface
	interface Attempt {

		Peer by(Server server);

	}

}
