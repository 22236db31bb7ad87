package dev.fanfare.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answer what was published.
 *
 * @param topic where it was published
 * @param position where the topic put it, {@code epoch:offset}
 * @param subscribers how many subscriptions of the topic this node had
 * @param duplicate whether it was there before; said where there is an idempotency key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PublicationReceipt(@Schema(example = "scores") String topic, @Schema(example = "5f1c09aa:42") String position,
		@Schema(example = "3") int subscribers, @Nullable Boolean duplicate) {

	/** Return where it can be read. */
	String location() {
		return "/api/topics/" + this.topic + "/publications/" + this.position;
	}

}
