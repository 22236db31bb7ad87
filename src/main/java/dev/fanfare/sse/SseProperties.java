package dev.fanfare.sse;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure Server-Sent Events.
 *
 * @param heartbeat how long a stream is quiet before it is sent a comment
 * @param retry how long a browser waits before it connects again
 */
@ConfigurationProperties("fanfare.sse")
record SseProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("2s") Duration retry) {

	SseProperties {
		Assert.isTrue(heartbeat.toMillis() >= 500 && heartbeat.toSeconds() <= 60,
				() -> "fanfare.sse.heartbeat is %s: it must be between 500ms and 60s".formatted(heartbeat));
		Assert.isTrue(!retry.isNegative() && retry.toHours() <= 1,
				() -> "fanfare.sse.retry is %s: it must be between 0 and 1h".formatted(retry));
	}

}
