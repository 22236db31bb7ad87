package dev.fanfare.broker;

/**
 * Say what a session has carried.
 *
 * @param sentMessages messages that the network has taken, heart-beats among them
 * @param sentBytes the bytes of these with what frames them
 * @param receivedMessages messages that came from the client
 * @param receivedBytes the bytes of these
 * @param unsentBytes bytes that the network has not taken yet, and some more for each
 * message
 */
public record SessionTraffic(long sentMessages, long sentBytes, long receivedMessages, long receivedBytes,
		long unsentBytes) {
}
