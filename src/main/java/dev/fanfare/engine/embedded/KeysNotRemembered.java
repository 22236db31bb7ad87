package dev.fanfare.engine.embedded;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/** State that an idempotency key would mean nothing to a topic. */
final class KeysNotRemembered extends Refusal {

	KeysNotRemembered(TopicName topic, IdempotencyKey key) {
		super(ErrorType.INVALID_IDEMPOTENCY_KEY,
				"Topic '%s' remembers no idempotency keys, '%s' neither: its rule's idempotency-window is 0."
					.formatted(topic, key));
	}

}
