package dev.fanfare.websocket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure how clients are asked to move when the server stops or is drained.
 *
 * @param delay how long everything goes on as before when readiness is off, so that load
 * balancers notice
 * @param period over how long clients are asked to go; all at once where it is 0
 * @param spread clients are told to come back after some time up to this, each another
 */
@ConfigurationProperties("fanfare.websocket.drain")
record DrainProperties(@DefaultValue("0s") Duration delay, @DefaultValue("10s") Duration period,
		@DefaultValue("2s") Duration spread) {

	private static final Duration MOST = Duration.ofHours(1);

	DrainProperties {
		require("delay", delay);
		require("period", period);
		require("spread", spread);
	}

	/** Return after how long one client is to come back. */
	Duration comeBackIn() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(this.spread.toMillis() + 1));
	}

	private static void require(String name, Duration value) {
		Assert.isTrue(!value.isNegative() && value.compareTo(MOST) <= 0,
				() -> "fanfare.websocket.drain.%s is %s: it must be between 0s and 1h".formatted(name, value));
	}

}
