package dev.fanfare.topic;

/** State that a text cannot be an idempotency key. */
public final class InvalidIdempotencyKey extends Refusal {

	InvalidIdempotencyKey(String value) {
		super(ErrorType.INVALID_IDEMPOTENCY_KEY,
				"Not an idempotency key: '%s'. A key has 1 to 128 printable characters of ASCII."
					.formatted((value.length() <= 140) ? value : value.substring(0, 140) + "..."));
	}

}
