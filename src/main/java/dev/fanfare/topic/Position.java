package dev.fanfare.topic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Place a publication within its topic, written {@code epoch:offset}.
 * <p>
 * Offsets of one epoch count 1, 2, 3 ... without holes. A topic begins a new epoch when
 * what it kept is gone.
 *
 * @param epoch which life of the topic; letters and digits
 * @param offset which publication of that life, from 1; 0 is the place before the first
 */
public record Position(String epoch, long offset) {

	private static final Pattern VALID = Pattern.compile("([A-Za-z0-9]{1,32}):([0-9]{1,18})");

	public Position {
		if (epoch.isEmpty() || offset < 0) {
			throw new IllegalArgumentException("Not a position: '%s:%d'".formatted(epoch, offset));
		}
	}

	/**
	 * Read a position as it is written.
	 * @throws InvalidPosition if it is none
	 */
	public static Position parse(String text) {
		Matcher matcher = VALID.matcher(text);
		if (!matcher.matches()) {
			throw new InvalidPosition(text);
		}
		return new Position(matcher.group(1), Long.parseLong(matcher.group(2)));
	}

	@Override
	public String toString() {
		return this.epoch + ":" + this.offset;
	}

}
