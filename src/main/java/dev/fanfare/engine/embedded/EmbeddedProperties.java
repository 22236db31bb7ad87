package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure the engine within this process.
 *
 * @param path the folder of the log, which belongs to this process alone
 * @param maxTopics how many topics may have a position at once
 * @param topicExpiry how long after its last publication a topic that is not on disk and
 * keeps nothing is forgotten; it then begins a new epoch
 * @param diskTopicExpiry the same for topics on disk
 * @param memory what all topics together may keep in memory; a topic that is published to
 * when it is reached keeps less
 * @param maxIdempotencyKeys how many idempotency keys are remembered at once
 */
@ConfigurationProperties("fanfare.engine.embedded")
record EmbeddedProperties(@DefaultValue("./data") Path path, @DefaultValue("200000") int maxTopics,
		@DefaultValue("1h") Duration topicExpiry, @DefaultValue("30d") Duration diskTopicExpiry,
		@DefaultValue("64MB") DataSize memory, @DefaultValue("200000") int maxIdempotencyKeys) {

	EmbeddedProperties {
		Assert.isTrue(maxTopics > 0,
				() -> "fanfare.engine.embedded.max-topics is %d: it must be 1 or more".formatted(maxTopics));
		Assert.isTrue(topicExpiry.isPositive(),
				() -> "fanfare.engine.embedded.topic-expiry is %s: it must be more than 0".formatted(topicExpiry));
		Assert.isTrue(diskTopicExpiry.isPositive(),
				() -> "fanfare.engine.embedded.disk-topic-expiry is %s: it must be more than 0"
					.formatted(diskTopicExpiry));
		Assert.isTrue(memory.toBytes() >= 0,
				() -> "fanfare.engine.embedded.memory is %s: it must be 0 or more".formatted(memory));
		Assert.isTrue(maxIdempotencyKeys >= 0,
				() -> "fanfare.engine.embedded.max-idempotency-keys is %d: it must be 0 or more"
					.formatted(maxIdempotencyKeys));
	}

}
