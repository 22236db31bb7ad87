package dev.fanfare.limits;

import java.time.Duration;
import java.util.List;

import dev.fanfare.topic.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * Let so much through in a time: a token bucket.
 * <p>
 * Who may wait takes what is not there yet and waits until it would be, so those who wait
 * are served in their order. What is more than the burst is taken once the burst is
 * there, and what comes after it waits for all of it.
 */
public final class Allowance {

	private final String limit;

	private final String setting;

	private final Kind kind;

	private final long burst;

	private final Bucket bucket;

	/**
	 * Begin with a whole burst.
	 * @param limit what the limit is called, such as {@code address.publishes}
	 * @param setting where it is set, for people
	 */
	Allowance(String limit, String setting, Kind kind, Rate rate, TimeMeter clock) {
		this.limit = limit;
		this.setting = setting;
		this.kind = kind;
		this.burst = rate.burst();
		this.bucket = Bucket.builder()
			.withCustomTimePrecision(clock)
			.addLimit((bandwidth) -> bandwidth.capacity(rate.burst()).refillGreedy(rate.amount(), rate.period()))
			.build();
	}

	/**
	 * Take so much.
	 * @param patience how long it may be until it is there
	 * @return after how many nanoseconds it is
	 * @throws LimitReached if that is longer, and then nothing is taken
	 */
	long take(long amount, Duration patience) {
		if (amount == 0) {
			// Buckets refuse that.
			return 0;
		}
		long once = Math.min(amount, this.burst);
		if (this.bucket.tryConsume(once)) {
			if (amount > once) {
				this.bucket.consumeIgnoringRateLimits(amount - once);
			}
			return 0;
		}
		if (patience.isPositive()) {
			long wait = this.bucket.consumeIgnoringRateLimits(amount);
			if (wait <= patience.toNanos()) {
				return wait;
			}
			giveBack(amount);
		}
		long wait = this.bucket.estimateAbilityToConsume(once).getNanosToWaitForRefill();
		throw LimitReached.ofRate(this.limit, this.setting, this.kind, Duration.ofNanos(wait));
	}

	/**
	 * Take from all or from none.
	 * @return after how many nanoseconds all of it is there
	 * @throws LimitReached if that is longer than the patience
	 */
	static long take(List<Charge> charges, Duration patience) {
		long wait = 0;
		for (int at = 0; at < charges.size(); at++) {
			Charge next = charges.get(at);
			try {
				wait = Math.max(wait, next.allowance().take(next.amount(), patience));
			}
			catch (LimitReached ex) {
				charges.subList(0, at).forEach((taken) -> taken.allowance().giveBack(taken.amount()));
				throw ex;
			}
		}
		return wait;
	}

	/** Take one, even one that is not there yet, which those who come next lack. */
	void charge() {
		this.bucket.consumeIgnoringRateLimits(1);
	}

	/**
	 * Look without taking.
	 * @throws LimitReached if there is nothing left
	 */
	void requireLeft() {
		if (!isLeft()) {
			long wait = this.bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
			throw LimitReached.ofRate(this.limit, this.setting, this.kind, Duration.ofNanos(wait));
		}
	}

	boolean isLeft() {
		return this.bucket.getAvailableTokens() >= 1;
	}

	/** Undo what was {@linkplain #take taken}. */
	void giveBack(long amount) {
		if (amount == 0) {
			return;
		}
		this.bucket.forceAddTokens(amount);
	}

	/** Say how much is to be taken of what. */
	record Charge(Allowance allowance, long amount) {
	}

}
