package dev.fanfare.engine.embedded;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tell whether topics on disk take publications: readiness depends on it. */
@Component("log")
class LogHealth implements HealthIndicator {

	private final EmbeddedEngine engine;

	LogHealth(EmbeddedEngine engine) {
		this.engine = engine;
	}

	@Override
	public Health health() {
		StorageFailed failure = this.engine.failure();
		return (failure != null) ? Health.outOfService().withDetail("reason", failure.reason()).build()
				: Health.up().build();
	}

}
