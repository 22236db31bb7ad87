package dev.fanfare.topic;

import java.time.Duration;

/**
 * Bound the history of a topic; what is beyond any of the bounds goes, oldest first.
 *
 * @param messages how many publications are kept, exactly; 0 for none
 * @param bytes how many bytes of bodies and headers are kept; up to a tenth more until
 * they are trimmed
 * @param age how old a publication becomes; up to a minute more until it is trimmed
 */
public record Retention(long messages, long bytes, Duration age) {

	/** Keep nothing. */
	public static final Retention NOTHING = new Retention(0, 0, Duration.ZERO);

	public Retention {
		if (messages < 0 || bytes < 0 || age.isNegative()) {
			throw new IllegalArgumentException(
					"Not a retention: %d messages, %d bytes, %s".formatted(messages, bytes, age));
		}
	}

	/** Tell whether anything is kept at all. */
	public boolean keeps() {
		return this.messages > 0 && this.bytes > 0 && this.age.isPositive();
	}

}
