package dev.fanfare.engine.embedded;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure the engine within this process.
 *
 * @param maxTopics how many topics may have a position at once
 * @param topicExpiry how long after its last publication a topic is forgotten; it then
 * begins a new epoch
 */
@ConfigurationProperties("fanfare.engine.embedded")
record EmbeddedProperties(@DefaultValue("200000") int maxTopics, @DefaultValue("1h") Duration topicExpiry) {

	EmbeddedProperties {
		Assert.isTrue(maxTopics > 0,
				() -> "fanfare.engine.embedded.max-topics is %d: it must be 1 or more".formatted(maxTopics));
		Assert.isTrue(topicExpiry.isPositive(),
				() -> "fanfare.engine.embedded.topic-expiry is %s: it must be more than 0".formatted(topicExpiry));
	}

}
