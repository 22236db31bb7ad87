package dev.fanfare.broker;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tell whether all lanes deliver: liveness depends on it, since a lane that does not is
 * brought back by a restart alone.
 */
@Component("lanes")
class LaneHealth implements HealthIndicator {

	/** What no round takes, since nobody is waited for within one. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Broker broker;

	LaneHealth(Broker broker) {
		this.broker = broker;
	}

	@Override
	public Health health() {
		List<String> stuck = this.broker.fanout()
			.lanes()
			.stream()
			.filter((lane) -> lane.isStuck(PATIENCE))
			.map(Lane::name)
			.toList();
		return stuck.isEmpty() ? Health.up().build() : Health.down().withDetail("stuck", stuck).build();
	}

}
