package dev.fanfare.broker;

/**
 * Say what this node has to do.
 *
 * @param lanes threads that serve connections
 * @param subscriptions of topics
 * @param subscribedTopics topics that have one
 * @param intakeUsed bytes that are accepted and not sent yet, times readers
 * @param intakeLimit bytes at which publishers wait
 */
public record NodeState(int lanes, long subscriptions, int subscribedTopics, long intakeUsed, long intakeLimit) {
}
