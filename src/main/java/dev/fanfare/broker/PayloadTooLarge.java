package dev.fanfare.broker;

import dev.fanfare.topic.Refusal;

import org.springframework.util.unit.DataSize;

/** State that a payload is larger than publications may be. */
public final class PayloadTooLarge extends Refusal {

	public PayloadTooLarge(long bytes, DataSize limit) {
		super("payload-too-large", "The payload has %d bytes; at most %d are allowed (fanfare.broker.max-payload)."
			.formatted(bytes, limit.toBytes()));
	}

}
