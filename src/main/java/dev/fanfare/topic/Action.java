package dev.fanfare.topic;

/** Name each thing that somebody may want to do with a topic. */
public enum Action {

	/** Get what it accepts. */
	SUBSCRIBE("subscribe to"),

	/** Have it accept something. */
	PUBLISH("publish to"),

	/** Read what it keeps, and where it stands. */
	HISTORY("read the history of"),

	/** See who is there. */
	PRESENCE("see who is in"),

	/** Have it forget what it keeps. */
	RESET("reset the history of");

	private final String words;

	Action(String words) {
		this.words = words;
	}

	/** Return the words that go before the name of a topic. */
	public String words() {
		return this.words;
	}

}
