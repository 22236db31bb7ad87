package dev.fanfare.topic;

import java.time.Duration;

/**
 * Say what the topics of a pattern are allowed and keep.
 *
 * @param pattern which topics it is for
 * @param durability what their history outlives
 * @param retention how much of it is kept
 * @param maxPayload the largest body, in bytes
 * @param idempotencyWindow how long an idempotency key is remembered; zero for not at all
 * @param publishRate how often each of its topics may be published to
 */
public record TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
		Duration idempotencyWindow, Rate publishRate) {

	/** Create a rule under which topics may be published to as often as comes. */
	public TopicRule(TopicPattern pattern, Durability durability, Retention retention, int maxPayload,
			Duration idempotencyWindow) {
		this(pattern, durability, retention, maxPayload, idempotencyWindow, Rate.NONE);
	}

	/** Tell whether its topics have a history that can be read. */
	public boolean keeps() {
		return this.retention.keeps();
	}

}
