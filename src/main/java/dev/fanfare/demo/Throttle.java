package dev.fanfare.demo;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.topic.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

/**
 * Let each visitor do something so often in a time.
 * <p>
 * It keeps the impatient in check, not attackers: who makes up visitors is stopped by
 * what {@code fanfare.limits} allows an address. Threads may call it freely.
 */
public final class Throttle {

	/** Visitors who are remembered at once; who is forgotten may begin anew. */
	private static final int MOST = 20_000;

	private final Cache<String, Bucket> buckets;

	private final Rate rate;

	private final TimeMeter clock;

	/** Allow each visitor that rate. */
	public Throttle(Rate rate) {
		this(rate, TimeMeter.SYSTEM_NANOTIME);
	}

	Throttle(Rate rate, TimeMeter clock) {
		this.rate = rate;
		this.clock = clock;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MOST)
			.expireAfterAccess(rate.refill().plus(rate.period()))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Let a visitor do it once more.
	 * @throws TooFast if it did it too often
	 */
	public void take(Visitor visitor) {
		if (!this.rate.isLimit()) {
			return;
		}
		ConsumptionProbe probe = bucket(visitor).tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw new TooFast(this.rate, Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
	}

	/** Tell whether a visitor may do it once more, and count it if so. */
	public boolean allows(Visitor visitor) {
		return !this.rate.isLimit() || bucket(visitor).tryConsume(1);
	}

	private Bucket bucket(Visitor visitor) {
		return this.buckets.get(visitor.id(),
				(id) -> Bucket.builder()
					.withCustomTimePrecision(this.clock)
					.addLimit((bandwidth) -> bandwidth.capacity(this.rate.burst())
						.refillGreedy(this.rate.amount(), this.rate.period()))
					.build());
	}

}
