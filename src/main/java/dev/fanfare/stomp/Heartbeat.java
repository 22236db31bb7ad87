package dev.fanfare.stomp;

import java.time.Duration;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * Say how often each side makes itself heard (STOMP 1.2, Heart-beating).
 *
 * @param send the server's interval, 0 for none
 * @param expect the client's interval, 0 for none
 */
record Heartbeat(Duration send, Duration expect) {

	static final Heartbeat NONE = new Heartbeat(Duration.ZERO, Duration.ZERO);

	/**
	 * Agree with the client.
	 * @param header the {@code heart-beat} of its CONNECT frame; none stands for
	 * {@code 0,0}
	 * @param own the interval the server offers and wants, 0 for none
	 */
	static Heartbeat agree(@Nullable String header, Duration own) {
		if (header == null || own.isZero()) {
			return NONE;
		}
		if (!header.matches("[0-9]{1,9},[0-9]{1,9}")) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"heart-beat is '%s': it must be two numbers of milliseconds such as 10000,10000."
						.formatted(header));
		}
		String[] millis = header.split(",");
		return new Heartbeat(longer(Long.parseLong(millis[1]), own), longer(Long.parseLong(millis[0]), own));
	}

	/** Tell whether a beat should be sent, well before the interval is over. */
	boolean isDue(long quietNanos) {
		return !this.send.isZero() && quietNanos > this.send.toNanos() / 4 * 3;
	}

	/** Tell whether the client has been silent for twice what it promised. */
	boolean isMissed(long silentNanos) {
		return !this.expect.isZero() && silentNanos > this.expect.toNanos() * 2;
	}

	private static Duration longer(long theirs, Duration own) {
		return (theirs == 0) ? Duration.ZERO : Duration.ofMillis(Math.max(theirs, own.toMillis()));
	}

}
