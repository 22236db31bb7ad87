package dev.fanfare.demo.vote;

import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fanfare.topic.TopicName;

/**
 * Name a poll, as in its link: 8 letters and digits that are not mistaken for each other.
 *
 * @param value of {@value #ALPHABET}
 */
record PollId(@JsonValue String value) {

	/** Begin the names of the topics with what was done to polls. */
	static final String LOGS = "vote.log.";

	private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

	private static final int LENGTH = 8;

	private static final Pattern VALID = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

	@JsonCreator
	PollId {
		if (!VALID.matcher(value).matches()) {
			throw new IllegalArgumentException("Not the id of a poll: '%s'".formatted(value));
		}
	}

	/** Read an id as it is in a link, if it is one. */
	static Optional<PollId> parse(String text) {
		return VALID.matcher(text).matches() ? Optional.of(new PollId(text)) : Optional.empty();
	}

	/**
	 * Make the id of what somebody asks to be opened. Who asks again with the same key
	 * means the same poll; anybody else's is another one.
	 */
	static PollId of(String creator, String key) {
		byte[] hash = Hash.of(creator, key);
		StringBuilder id = new StringBuilder(LENGTH);
		for (int at = 0; at < LENGTH; at++) {
			// Two bytes for each letter, so that all are about as likely.
			int number = Byte.toUnsignedInt(hash[2 * at]) << 8 | Byte.toUnsignedInt(hash[2 * at + 1]);
			id.append(ALPHABET.charAt(number % ALPHABET.length()));
		}
		return new PollId(id.toString());
	}

	/** Return the poll that the topic is the log of. */
	static PollId ofLog(TopicName log) {
		return new PollId(log.value().substring(LOGS.length()));
	}

	/** Return the topic with all that was done, which the application alone reads. */
	TopicName log() {
		return new TopicName(LOGS + this.value);
	}

	/** Return the topic on which everybody hears how the poll stands. */
	TopicName board() {
		return new TopicName("vote.poll." + this.value);
	}

	/**
	 * Return the topic with the counts that only who has voted sees: its name is told to
	 * them, and nobody guesses the key.
	 */
	TopicName counts(String key) {
		return new TopicName("vote.counts.%s.%s".formatted(this.value, key));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
