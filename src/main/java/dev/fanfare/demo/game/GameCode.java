package dev.fanfare.demo.game;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import dev.fanfare.topic.TopicName;

/**
 * Name a game so that people can say it: six letters and digits, none of which looks like
 * another.
 *
 * @param value in capitals
 */
record GameCode(String value) {

	static final String TOPICS = "game.";

	private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

	private static final int LENGTH = 6;

	private static final Pattern VALID = Pattern.compile("[%s]{%d}".formatted(LETTERS, LENGTH));

	GameCode {
		if (!VALID.matcher(value).matches()) {
			throw new GameRefused(GameRefused.Reason.UNKNOWN_GAME,
					"Not the code of a game: '%s'. It has %d letters and digits, such as K7QX2M."
						.formatted(GameRefused.shown(value), LENGTH));
		}
	}

	/** Read a code as somebody typed it. */
	static GameCode of(String typed) {
		return new GameCode(typed.strip().toUpperCase(Locale.ROOT));
	}

	/** Return the game whose log a topic is, if it is one. */
	static Optional<GameCode> of(TopicName topic) {
		String name = topic.value();
		return (name.startsWith(TOPICS) && VALID.matcher(name.substring(TOPICS.length())).matches())
				? Optional.of(new GameCode(name.substring(TOPICS.length()))) : Optional.empty();
	}

	static GameCode random(RandomGenerator random) {
		StringBuilder code = new StringBuilder(LENGTH);
		random.ints(LENGTH, 0, LETTERS.length()).forEach((at) -> code.append(LETTERS.charAt(at)));
		return new GameCode(code.toString());
	}

	/** Return the topic whose log the game is. */
	TopicName topic() {
		return new TopicName(TOPICS + this.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
