package dev.fanfare.limits;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Grants;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Count publications, requests and connections, far below the limits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LimitsBenchmark {

	private static final String FAST = "900000000/s";

	private static final Caller GUEST = new Caller.Guest();

	private static final Caller KEY = new Caller.Key("shop", Grants.NONE);

	private static final Caller USER = new Caller.User("ann");

	private Limits limits;

	private Seat seat;

	private Visitor backEnd;

	@Setup
	public void prepare() {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource(
				Map.of("fanfare.limits.address.publishes", FAST, "fanfare.limits.user.publishes", FAST,
						"fanfare.limits.address.http-requests", FAST, "fanfare.limits.address.connects", FAST));
		this.limits = new Limits(new Binder(source).bindOrCreate("fanfare.limits", LimitsProperties.class),
				new SimpleMeterRegistry());
		this.seat = this.limits.enter("192.0.2.1");
		this.backEnd = this.limits.visitor("127.0.0.1");
	}

	@Benchmark
	public void aGuestPublishes() {
		this.seat.publishes(GUEST, 1, List.of());
	}

	@Benchmark
	public void aUserPublishes() {
		this.seat.publishes(USER, 1, List.of());
	}

	@Benchmark
	public void aBackEndOfThisMachinePublishes() {
		this.limits.visitor("127.0.0.1").publishes(GUEST, 1, List.of());
	}

	@Benchmark
	public void bytesComeThatNothingLimits() {
		this.backEnd.receives(KEY, 100);
	}

	@Benchmark
	public void aGuestAsks() {
		this.limits.visitor("192.0.2.1").requests(GUEST);
	}

	@Benchmark
	public void aConnectionComesAndGoes() {
		this.limits.enter("192.0.2.1").close();
	}

}
