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
 * @param access whom what is open to; what is not in it is open as for all topics
 */
public record TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
		Duration idempotencyWindow, Map<Action, OpenTo> access) {

	public TopicRule {
		access = Map.copyOf(access);
	}

	/** Create a rule that opens and closes nothing. */
	public TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
			Duration idempotencyWindow) {
		this(pattern, durability, retention, maxPayload, idempotencyWindow, Map.of());
	}

	/** Tell whether its topics have a history that can be read. */
	public boolean keeps() {
		return this.retention.keeps();
	}

}
