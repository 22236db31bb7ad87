package dev.fanfare.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * Show what the broker takes and hands on.
 * <p>
 * It counts for itself, where counting costs little, and is read here when somebody
 * looks.
 */
@Component
class BrokerMeters implements MeterBinder {

	private static final Duration[] BUCKETS = { Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
			Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
			Duration.ofSeconds(5), Duration.ofSeconds(10) };

	private final Broker broker;

	private final Durables durables;

	private final Clock clock;

	BrokerMeters(Broker broker, Durables durables, Clock clock) {
		this.broker = broker;
		this.durables = durables;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.broker.accepted().forEach((way, accepted) -> bind(registry, way, accepted));
		Fanout fanout = this.broker.fanout();
		fanout.lanes().forEach((lane) -> bind(registry, lane));
		Timer latency = Timer.builder("fanfare.delivery.latency").serviceLevelObjectives(BUCKETS).register(registry);
		fanout.whenSent(
				(timestamp) -> latency.record(Math.max(0, this.clock.millis() - timestamp), TimeUnit.MILLISECONDS));
		Gauge.builder("fanfare.subscriptions", fanout, Fanout::subscriptions).register(registry);
		Gauge.builder("fanfare.subscribed.topics", fanout, Fanout::subscribedTopics).register(registry);
		Gauge.builder("fanfare.durable.subscriptions", this.durables, Durables::count).register(registry);
		bind(registry, this.broker.intake());
		bind(registry, this.broker.catchUps());
	}

	private static void bind(MeterRegistry registry, Way way, Accepted accepted) {
		String tag = way.name().toLowerCase(Locale.ROOT);
		FunctionCounter.builder("fanfare.publications", accepted, (all) -> all.publications().sum())
			.tag("way", tag)
			.register(registry);
		FunctionCounter.builder("fanfare.published", accepted, (all) -> all.bytes().sum())
			.tag("way", tag)
			.baseUnit("bytes")
			.register(registry);
		FunctionCounter.builder("fanfare.duplicates", accepted, (all) -> all.duplicates().sum())
			.tag("way", tag)
			.register(registry);
	}

	private static void bind(MeterRegistry registry, Lane lane) {
		LaneWork work = lane.work();
		FunctionCounter.builder("fanfare.deliveries", work, (done) -> done.deliveries().value())
			.tag("lane", lane.name())
			.register(registry);
		FunctionCounter.builder("fanfare.lane.rounds", work, (done) -> done.rounds().value())
			.tag("lane", lane.name())
			.register(registry);
		FunctionCounter.builder("fanfare.lane.flushes", work, (done) -> done.flushes().value())
			.tag("lane", lane.name())
			.register(registry);
	}

	private static void bind(MeterRegistry registry, Intake intake) {
		Gauge.builder("fanfare.intake.used", intake, Intake::usedBytes).baseUnit("bytes").register(registry);
		Gauge.builder("fanfare.intake.limit", intake, Intake::limitBytes).baseUnit("bytes").register(registry);
		Gauge.builder("fanfare.intake.waiting", intake, Intake::waiting).register(registry);
	}

	private static void bind(MeterRegistry registry, CatchUps catchUps) {
		Gauge.builder("fanfare.catchups.active", catchUps, CatchUps::active).register(registry);
		FunctionCounter.builder("fanfare.catchups", catchUps, CatchUps::started).register(registry);
		FunctionCounter.builder("fanfare.catchups.lost", catchUps, CatchUps::lost).register(registry);
		FunctionCounter.builder("fanfare.replayed", catchUps, CatchUps::replayed)
			.baseUnit("publications")
			.register(registry);
	}

}
