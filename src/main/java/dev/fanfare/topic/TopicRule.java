package dev.fanfare.topic;

import java.time.Duration;
import java.util.Map;

/**
 * Say what the topics of a pattern are allowed and keep.
 *
 * @param pattern which topics it is for
 * @param durability what their history outlives
 * @param retention how much of it is kept
 * @param maxPayload the largest body, in bytes
 * @param idempotencyWindow how long an idempotency key is remembered; zero for not at all
 * @param publishRate how often each of its topics may be published to
 * @param access whom what is open to; what is not in it is open as for all topics
 */
public record TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
		Duration idempotencyWindow, Rate publishRate, Map<Action, OpenTo> access) {

	public TopicRule {
		access = Map.copyOf(access);
	}

	/** Create a rule that opens, closes and slows nothing. */
	public TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
			Duration idempotencyWindow) {
		this(pattern, durability, retention, maxPayload, idempotencyWindow, Rate.NONE, Map.of());
	}

	/** Tell whether its topics have a history that can be read. */
	public boolean keeps() {
		return this.retention.keeps();
	}

}
