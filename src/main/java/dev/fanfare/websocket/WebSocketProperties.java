package dev.fanfare.websocket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure WebSocket connections of every kind.
 *
 * @param outboxLimit unsent bytes a slow reader may be behind before it is closed;
 * sixteen times as much for any reader
 * @param sendBuffer bytes per connection that the operating system takes before they
 * count as unsent
 * @param receiveBuffer bytes per connection that the operating system takes from a client
 * before it is read
 * @param acceptAtOnce connections of all kinds that may wait for their first requests to
 * be handled when another one is accepted
 * @param requestTimeout how long a connection of any kind has for its first request
 * @param maxMessage bytes that a message of a client may have
 * @param compression whether broadcasts are compressed for clients that offer it
 * @param patience how far a reader may be behind the others before publishers no longer
 * wait for it; ten times as much when nobody can be sent anything
 * @param closeTimeout how long a client has to answer a close frame before it is cut off
 * @param keepAlive how long a connection is quiet before a ping is sent
 * @param shutdownTimeout how long accepted publications and close frames have to get out
 * when the server stops
 */
@ConfigurationProperties("fanfare.websocket")
record WebSocketProperties(@DefaultValue("1MB") DataSize outboxLimit, @DefaultValue("128KB") DataSize sendBuffer,
		@DefaultValue("128KB") DataSize receiveBuffer, @DefaultValue("16") int acceptAtOnce,
		@DefaultValue("10s") Duration requestTimeout, @DefaultValue("256KB") DataSize maxMessage,
		@DefaultValue("false") boolean compression, @DefaultValue("1s") Duration patience,
		@DefaultValue("5s") Duration closeTimeout, @DefaultValue("30s") Duration keepAlive,
		@DefaultValue("10s") Duration shutdownTimeout) {

	WebSocketProperties {
		Assert.isTrue(acceptAtOnce > 0,
				() -> "fanfare.websocket.accept-at-once is %d: it must be 1 or more".formatted(acceptAtOnce));
		Assert.isTrue(requestTimeout.isPositive(),
				() -> "fanfare.websocket.request-timeout is %s: it must be more than 0".formatted(requestTimeout));
	}

}
