package dev.fanfare.engine.embedded;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/** Show how large the log is and how long the disk takes for it. */
@Component
class LogMeters implements MeterBinder {

	private final EmbeddedEngine engine;

	LogMeters(EmbeddedEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Timer write = Timer.builder("fanfare.log.write").publishPercentileHistogram(false).register(registry);
		DistributionSummary group = DistributionSummary.builder("fanfare.log.group")
			.baseUnit("entries")
			.register(registry);
		this.engine.whenWritten((entries, nanos) -> {
			write.record(nanos, TimeUnit.NANOSECONDS);
			group.record(entries);
		});
		Gauge.builder("fanfare.topics", this.engine, EmbeddedEngine::topicCount).register(registry);
		Gauge.builder("fanfare.log.size", this.engine, EmbeddedEngine::sizeOnDisk).baseUnit("bytes").register(registry);
		Gauge.builder("fanfare.log.writable", this.engine, (engine) -> (engine.failure() == null) ? 1 : 0)
			.register(registry);
	}

}
