package dev.fanfare.http;

import java.time.Duration;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Answer what this node is and has to do.
 *
 * @param version of Fanfare
 * @param state accepting, or draining while it sends its clients away
 * @param since when it started, in milliseconds since 1970
 * @param uptime for how long it has run, as in ISO 8601
 * @param sessions open ones
 * @param subscriptions of topics
 * @param subscribedTopics topics that have one
 * @param lanes threads that serve connections
 * @param intakeUsed bytes that are accepted and not sent yet, times readers
 * @param intakeLimit bytes at which publishers wait
 * @param maxPayload the largest body, in bytes
 */
@Schema(name = "Node")
record NodeDescription(@Schema(example = "1.0.0") String version, @Schema(example = "accepting") String state,
		@Schema(example = "1785578400000") long since, @Schema(type = "string", example = "PT26H") Duration uptime,
		@Schema(example = "1200") int sessions, @Schema(example = "3400") long subscriptions,
		@Schema(example = "250") int subscribedTopics, @Schema(example = "2") int lanes,
		@Schema(example = "0") long intakeUsed, @Schema(example = "33554432") long intakeLimit,
		@Schema(example = "65536") long maxPayload) {
}
