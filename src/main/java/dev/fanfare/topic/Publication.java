package dev.fanfare.topic;

/**
 * Hold what a topic accepted.
 *
 * @param draft what was asked for
 * @param position where the topic put it
 * @param timestamp when the topic accepted it, in milliseconds since 1970-01-01T00:00Z;
 * never less than that of the publication before
 */
public record Publication(Draft draft, Position position, long timestamp) {

	/** Return the topic that accepted it. */
	public TopicName topic() {
		return this.draft.topic();
	}

	/** Return the payload; nobody changes it. */
	public byte[] body() {
		return this.draft.body();
	}

}
