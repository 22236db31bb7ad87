package dev.fanfare.broker;

import dev.fanfare.topic.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Tell a lane what a topic has accepted.
 *
 * @param publication what to deliver
 * @param weight what the {@link Intake} was charged for it
 * @param trace told when the lane has sent it, where it is traced
 */
record Announcement(Publication publication, int weight, @Nullable FanoutTrace trace) {

	/** Have the trace wait for the lane. */
	Announcement begun() {
		if (this.trace != null) {
			this.trace.await();
		}
		return this;
	}

	/** Note that the lane has sent it, or has nobody to send it to any more. */
	void sent() {
		if (this.trace != null) {
			this.trace.sent();
		}
	}

}
