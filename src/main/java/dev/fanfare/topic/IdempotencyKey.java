package dev.fanfare.topic;

import java.util.regex.Pattern;

/**
 * Name one publishing of a publisher, so that publishing again stores nothing twice.
 *
 * @param value 1 to 128 printable characters of ASCII
 */
public record IdempotencyKey(String value) {

	/** Names the header that carries it, over STOMP and HTTP. */
	public static final String HEADER = "idempotency-key";

	private static final Pattern VALID = Pattern.compile("[ -~]{1,128}");

	public IdempotencyKey {
		if (!VALID.matcher(value).matches()) {
			throw new InvalidIdempotencyKey(value);
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
