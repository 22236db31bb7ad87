package dev.fanfare.broker;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure what the broker takes and how it hands on.
 *
 * @param maxPayload the largest body of a publication
 * @param intakeLimit bytes that may be accepted and not sent yet, each publication
 * counted once per reader; 0 stands for an eighth of the heap, 32 MB at most
 * @param lanes threads that serve connections; 0 stands for one per core
 * @param maxDurables how many durable subscriptions are kept
 * @param durableExpiry how long a durable subscription is kept that nobody uses
 */
@ConfigurationProperties("fanfare.broker")
public record BrokerProperties(@DefaultValue("64KB") DataSize maxPayload, @DefaultValue("0B") DataSize intakeLimit,
		@DefaultValue("0") int lanes, @DefaultValue("10000") int maxDurables,
		@DefaultValue("30d") Duration durableExpiry) {

	private static final DataSize LEAST_INTAKE = DataSize.ofMegabytes(1);

	private static final DataSize MOST_INTAKE = DataSize.ofMegabytes(32);

	public BrokerProperties {
		Assert.isTrue(maxPayload.toBytes() > 0 && maxPayload.toMegabytes() <= 64,
				() -> "fanfare.broker.max-payload is %s: it must be between 1B and 64MB".formatted(maxPayload));
		DataSize intake = intakeLimit;
		Assert.isTrue(intake.toBytes() == 0 || intake.toMegabytes() >= 1 && intake.toGigabytes() <= 4,
				() -> "fanfare.broker.intake-limit is %s: it must be between 1MB and 4GB, or 0 for a part of the heap"
					.formatted(intake));
		if (intake.toBytes() == 0) {
			intakeLimit = DataSize.ofBytes(
					Math.clamp(Runtime.getRuntime().maxMemory() / 8, LEAST_INTAKE.toBytes(), MOST_INTAKE.toBytes()));
		}
		Assert.isTrue(lanes >= 0 && lanes <= 256,
				() -> "fanfare.broker.lanes is %d: it must be between 0 (one per core) and 256".formatted(lanes));
		Assert.isTrue(maxDurables >= 0,
				() -> "fanfare.broker.max-durables is %d: it must be 0 or more".formatted(maxDurables));
		Assert.isTrue(durableExpiry.isPositive(),
				() -> "fanfare.broker.durable-expiry is %s: it must be more than 0".formatted(durableExpiry));
	}

	/**
	 * Return the most bytes that are on their way to one reader who keeps up with the
	 * others.
	 */
	public DataSize shareOfOneReader() {
		return DataSize.ofBytes(this.intakeLimit.toBytes() / Intake.LEAST_READERS);
	}

}
