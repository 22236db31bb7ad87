package dev.fanfare.stomp;

import org.jspecify.annotations.Nullable;

/**
 * Tell the application that a subscription refused a message as often as it was sent, and
 * gets it no more.
 *
 * @param session Spring's id of the client's session
 * @param user the client's name, where it has one
 * @param subscription the subscription's id
 * @param destination what it subscribed to
 * @param messageId the message, the position where it is a publication
 * @param body the payload; not to be changed
 */
public record MessageGivenUp(String session, @Nullable String user, String subscription, String destination,
		String messageId, byte[] body) {
}
