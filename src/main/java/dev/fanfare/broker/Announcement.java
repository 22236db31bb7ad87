package dev.fanfare.broker;

import dev.fanfare.topic.Publication;

/**
 * Tell a lane what a topic has accepted.
 *
 * @param publication what to deliver
 * @param weight what the {@link Intake} was charged for it
 */
record Announcement(Publication publication, int weight) {
}
