package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/** State that something else was published under the same idempotency key. */
final class IdempotencyConflict extends Refusal {

	IdempotencyConflict(TopicName topic, IdempotencyKey key, Position first) {
		super(ErrorType.IDEMPOTENCY_CONFLICT,
				"Idempotency key '%s' stands for another body or content type in topic '%s', published at %s; use a new key."
					.formatted(key, topic, first));
	}

}
