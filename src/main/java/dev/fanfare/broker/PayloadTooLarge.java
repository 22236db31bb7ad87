package dev.fanfare.broker;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicRule;

import org.springframework.util.unit.DataSize;

/** State that a payload is larger than publications may be. */
public final class PayloadTooLarge extends Refusal {

	PayloadTooLarge(long bytes, TopicRule rule) {
		super(ErrorType.PAYLOAD_TOO_LARGE,
				"The payload has %d bytes; at most %d are allowed (max-payload of '%s' in fanfare.topics)."
					.formatted(bytes, rule.maxPayload(), rule.pattern()));
	}

	public PayloadTooLarge(long bytes, DataSize limit) {
		super(ErrorType.PAYLOAD_TOO_LARGE,
				"The payload has %d bytes; at most %d are allowed (fanfare.broker.max-payload).".formatted(bytes,
						limit.toBytes()));
	}

}
