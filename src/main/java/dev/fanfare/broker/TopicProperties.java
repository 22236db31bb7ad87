package dev.fanfare.broker;

import java.time.Duration;

import dev.fanfare.topic.Durability;
import dev.fanfare.topic.Rate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configure the topics of a pattern: one item of {@code fanfare.topics}.
 *
 * @param pattern which topics it is for
 * @param durability what their history outlives
 * @param history how much of it is kept
 * @param maxPayload the largest body; {@code fanfare.broker.max-payload} unless it is
 * given
 * @param idempotencyWindow how long an idempotency key is remembered
 * @param publishRate how often each of its topics may be published to
 */
record TopicProperties(@Nullable String pattern, @DefaultValue("disk") Durability durability, @Nullable History history,
		@Nullable DataSize maxPayload, @DefaultValue("10m") Duration idempotencyWindow,
		@DefaultValue("0") Rate publishRate) {

	/**
	 * Bound the history.
	 *
	 * @param messages how many publications are kept
	 * @param bytes how many bytes of them
	 * @param age how old they become
	 */
	record History(@DefaultValue("1000") long messages, @DefaultValue("8MB") DataSize bytes,
			@DefaultValue("7d") Duration age) {

		static final History DEFAULT = new History(1000, DataSize.ofMegabytes(8), Duration.ofDays(7));

	}

}
