package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/** State that no more idempotency keys can be remembered at the moment. */
final class TooManyIdempotencyKeys extends Refusal {

	TooManyIdempotencyKeys(TopicName topic, int limit) {
		super(ErrorType.TOO_MANY_IDEMPOTENCY_KEYS,
				("The key for topic '%s' would be one more than the %d that are remembered "
						+ "(fanfare.engine.embedded.max-idempotency-keys); publish later, or without a key.")
					.formatted(topic, limit));
	}

}
