package dev.fanfare.stomp;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure STOMP over WebSocket.
 *
 * @param path where clients connect
 * @param heartbeat the interval offered both ways; 0 for none
 * @param connectTimeout how long a connection may stay without a CONNECT frame
 * @param expiryNotice how long before the end of its token a client is told; 0 for not at
 * all
 * @param maxHeaders headers a frame may have
 * @param maxHeaderLine bytes a header line, or a command, may have
 * @param maxFramesPerMessage frames that one WebSocket message may bring
 * @param maxSubscriptions subscriptions a connection may have
 * @param maxUnacknowledged messages that a subscription may be sent and not have
 * acknowledged; {@code prefetch-count} can ask for fewer
 * @param maxRedeliveries how often a message is sent again after a NACK
 * @param maxTransactions open transactions a connection may have
 * @param maxTransactionFrames frames a transaction may have
 * @param maxTransactionBytes bytes the frames of a transaction may have together
 */
@ConfigurationProperties("fanfare.stomp")
record StompProperties(@DefaultValue("/ws") String path, @DefaultValue("10s") Duration heartbeat,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("30s") Duration expiryNotice,
		@DefaultValue("64") int maxHeaders, @DefaultValue("4KB") DataSize maxHeaderLine,
		@DefaultValue("1000") int maxFramesPerMessage, @DefaultValue("1000") int maxSubscriptions,
		@DefaultValue("1000") int maxUnacknowledged, @DefaultValue("5") int maxRedeliveries,
		@DefaultValue("16") int maxTransactions, @DefaultValue("1000") int maxTransactionFrames,
		@DefaultValue("1MB") DataSize maxTransactionBytes) {

	private static final Duration SHORTEST = Duration.ofMillis(500);

	StompProperties {
		Assert.isTrue(!expiryNotice.isNegative(),
				() -> "fanfare.stomp.expiry-notice is %s: it must be 0 or more".formatted(expiryNotice));
		Assert.isTrue(path.startsWith("/"), () -> "fanfare.stomp.path is '%s': it must start with '/'".formatted(path));
		Assert.isTrue(heartbeat.isZero() || heartbeat.compareTo(SHORTEST) >= 0,
				() -> "fanfare.stomp.heartbeat is %s: it must be 0 or 500ms and more".formatted(heartbeat));
		Assert.isTrue(connectTimeout.isPositive(),
				() -> "fanfare.stomp.connect-timeout is %s: it must be more than 0".formatted(connectTimeout));
	}

	/** Return the shortest time after which a quiet client is to be told something. */
	Duration shortestWait() {
		boolean beats = this.heartbeat.isPositive() && this.heartbeat.compareTo(this.connectTimeout) < 0;
		return beats ? this.heartbeat : this.connectTimeout;
	}

}
