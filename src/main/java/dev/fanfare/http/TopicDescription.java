package dev.fanfare.http;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicRule;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answer where a topic stands and what it is allowed.
 *
 * @param topic which one
 * @param position that of its newest publication; with offset 0 where it has none
 * @param oldest the position of the oldest publication that is kept, where one is
 * @param count how many publications are kept
 * @param bytes how many bytes of bodies and headers are kept
 * @param timestamp when the newest was accepted, in milliseconds since 1970, where one
 * was
 * @param subscribers how many subscriptions of the topic this node has
 * @param rule the rule it is under
 */
@Schema(name = "Topic")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicDescription(@Schema(example = "scores") String topic, @Schema(example = "5f1c09aa:42") String position,
		@Schema(example = "5f1c09aa:1") @Nullable String oldest, @Schema(example = "42") long count,
		@Schema(example = "5120") long bytes, @Schema(example = "1785578400000") @Nullable Long timestamp,
		@Schema(example = "3") int subscribers, Rule rule) {

	static TopicDescription of(TopicState state, int subscribers, TopicRule rule) {
		Position position = state.position();
		String oldest = (state.count() > 0) ? new Position(position.epoch(), state.oldest()).toString() : null;
		return new TopicDescription(state.topic().value(), position.toString(), oldest, state.count(), state.bytes(),
				(state.timestamp() > 0) ? state.timestamp() : null, subscribers, Rule.of(rule));
	}

	/**
	 * Answer what the topics of a pattern are allowed and keep.
	 *
	 * @param pattern which topics it is for
	 * @param durability none, memory or disk
	 * @param history how much of it is kept
	 * @param maxPayload the largest body, in bytes
	 * @param idempotencyWindow how long an idempotency key is remembered, as in ISO 8601
	 */
	@Schema(name = "TopicRule")
	record Rule(@Schema(example = "scores.**") String pattern, @Schema(example = "disk") String durability,
			Kept history, @Schema(example = "65536") int maxPayload,
			@Schema(type = "string", example = "PT10M") Duration idempotencyWindow) {

		private static Rule of(TopicRule rule) {
			Retention kept = rule.retention();
			return new Rule(rule.pattern().value(), rule.durability().name().toLowerCase(Locale.ROOT),
					new Kept(kept.messages(), kept.bytes(), kept.age()), rule.maxPayload(), rule.idempotencyWindow());
		}

	}

	/**
	 * Answer how much of a history is kept.
	 *
	 * @param messages how many publications
	 * @param bytes how many bytes of bodies and headers
	 * @param age how old they become, as in ISO 8601
	 */
	@Schema(name = "Retention")
	record Kept(@Schema(example = "1000") long messages, @Schema(example = "8388608") long bytes,
			@Schema(type = "string", example = "PT168H") Duration age) {
	}

}
