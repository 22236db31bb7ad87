package dev.fanfare.topic;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Say how much there may be of something in a time, and how much at once.
 * <p>
 * It is written {@code 100/s}, {@code 100/s burst 500}, {@code 10/m} or
 * {@code 2MB/s burst 8MB}; {@code 0} for as much as comes. Without a burst there may be
 * as much at once as in one second or minute.
 *
 * @param amount how much in each period; 0 for no bound, 1,000,000,000 a second at most
 * @param period a second or a minute
 * @param burst how much at once after a pause, 1 or more
 */
public record Rate(long amount, Duration period, long burst) {

	/** No bound at all. */
	public static final Rate NONE = new Rate(0, Duration.ofSeconds(1), 1);

	private static final Pattern WRITTEN = Pattern
		.compile("(\\d{1,10})(B|KB|MB|GB|)/([sm])(?:,? +burst +(\\d{1,10})(B|KB|MB|GB|))?");

	private static final long MOST_PER_SECOND = 1_000_000_000;

	public Rate {
		if (amount < 0 || burst < 1 || !period.isPositive() || amount / period.toSeconds() > MOST_PER_SECOND) {
			throw new IllegalArgumentException(
					"%d in %s, %d at once: it must be 0 to 1000000000 a second and 1 or more at once".formatted(amount,
							period, burst));
		}
	}

	/** Read a rate as it is written in settings. */
	public static Rate valueOf(String written) {
		if (written.strip().equals("0")) {
			return NONE;
		}
		Matcher parts = WRITTEN.matcher(written.strip());
		if (!parts.matches()) {
			throw new IllegalArgumentException(
					"'%s' must be written like 100/s, 10/m, '100/s burst 500' or '2MB/s burst 8MB', or be 0 for no limit"
						.formatted(written));
		}
		long amount = bytes(parts.group(1), parts.group(2));
		long burst = (parts.group(4) != null) ? bytes(parts.group(4), parts.group(5)) : Math.max(amount, 1);
		return new Rate(amount, parts.group(3).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1), burst);
	}

	/** Read a number that YAML has taken for one: only 0 is a rate without a unit. */
	public static Rate valueOf(Integer written) {
		return valueOf(written.toString());
	}

	/** Tell whether it bounds anything. */
	public boolean isLimit() {
		return this.amount > 0;
	}

	/** Return how long it takes from nothing to a burst. */
	public Duration refill() {
		return Duration.ofMillis((long) (this.period.toMillis() * ((double) this.burst / Math.max(this.amount, 1))));
	}

	private static long bytes(String number, String unit) {
		int power = switch (unit) {
			case "KB" -> 10;
			case "MB" -> 20;
			case "GB" -> 30;
			default -> 0;
		};
		return Math.multiplyExact(Long.parseLong(number), 1L << power);
	}

}
