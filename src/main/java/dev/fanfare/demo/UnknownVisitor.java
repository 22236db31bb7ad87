package dev.fanfare.demo;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;

/** State that a guest did not say who it is. */
public final class UnknownVisitor extends Refusal {

	UnknownVisitor(@Nullable String secret) {
		// What was sent may be most of a secret, so it is not repeated.
		super((secret != null) ? ErrorType.INVALID_HEADER : ErrorType.MISSING_HEADER,
				"Header '%s' %s; it must be 22 to 128 of A-Z a-z 0-9 _ -, made up at random by who sends it."
					.formatted(Visitor.HEADER, (secret != null)
							? "has %d characters or others than it may".formatted(secret.length()) : "is missing"));
	}

}
