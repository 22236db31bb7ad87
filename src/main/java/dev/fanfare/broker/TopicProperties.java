package dev.fanfare.broker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.fanfare.topic.Action;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.OpenTo;
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
 * @param access whom what is open to; {@code fanfare.access} unless it is given
 */
record TopicProperties(@Nullable String pattern, @DefaultValue("disk") Durability durability, @Nullable History history,
		@Nullable DataSize maxPayload, @DefaultValue("10m") Duration idempotencyWindow,
		@DefaultValue("0") Rate publishRate, @Nullable Access access) {

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

	/**
	 * Say whom the topics are open to.
	 *
	 * @param subscribe for subscribing
	 * @param publish for publishing
	 * @param history for reading what they keep
	 * @param presence for seeing who is there
	 * @param reset for having them forget
	 */
	record Access(@Nullable OpenTo subscribe, @Nullable OpenTo publish, @Nullable OpenTo history,
			@Nullable OpenTo presence, @Nullable OpenTo reset) {

		Map<Action, OpenTo> byAction() {
			Map<Action, OpenTo> given = new EnumMap<>(Action.class);
			put(given, Action.SUBSCRIBE, this.subscribe);
			put(given, Action.PUBLISH, this.publish);
			put(given, Action.HISTORY, this.history);
			put(given, Action.PRESENCE, this.presence);
			put(given, Action.RESET, this.reset);
			return given;
		}

		private static void put(Map<Action, OpenTo> given, Action action, @Nullable OpenTo openTo) {
			if (openTo != null) {
				given.put(action, openTo);
			}
		}

	}

}
