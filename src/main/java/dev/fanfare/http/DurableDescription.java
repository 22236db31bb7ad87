package dev.fanfare.http;

import dev.fanfare.broker.Cursor;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Describe a durable subscription.
 *
 * @param owner whose it is
 * @param name what the owner calls it
 * @param topic what it is subscribed to
 * @param position everything up to it is acknowledged
 * @param inUse whether a client is subscribed to it on this node
 * @param lastUsed when it was last used, in milliseconds since 1970
 */
@Schema(name = "DurableSubscription")
record DurableDescription(@Schema(example = "client:till-7") String owner, @Schema(example = "prices") String name,
		@Schema(example = "scores") String topic, @Schema(example = "5f1c09aa:42") String position, boolean inUse,
		@Schema(example = "1785578400000") long lastUsed) {

	static DurableDescription of(Cursor cursor, boolean inUse) {
		return new DurableDescription(cursor.name().owner(), cursor.name().name(), cursor.topic().value(),
				cursor.position().toString(), inUse, cursor.touched());
	}

}
