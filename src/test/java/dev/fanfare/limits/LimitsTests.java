package dev.fanfare.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.access.Caller;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Rate;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Each has what it may have, exactly, and is told when there is room again. */
class LimitsTests {

	private static final String HERE = "192.0.2.1";

	private static final String THERE = "192.0.2.2";

	private static final Caller GUEST = new Caller.Guest();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Clock clock = new Clock();

	@Test
	void connectionsCountForTheirAddressUntilTheyAreClosed() {
		Limits limits = limits(Map.of("address.connections", "2"));
		Seat first = limits.enter(HERE);
		limits.enter(HERE);

		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "address.connections", () -> limits.enter(HERE));
		limits.enter(THERE);
		first.close();
		first.close();
		limits.enter(HERE);

		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "address.connections", () -> limits.enter(HERE));
		assertThat(this.meters.counter("fanfare.limits.refused", "limit", "address.connections").count()).isEqualTo(2);
	}

	@Test
	void theNodeIsFullWhoeverComes() {
		Limits limits = limits(Map.of("node.connections", "2"));
		limits.enter(HERE);
		Seat second = limits.enter("127.0.0.1");

		isRefused(ErrorType.NODE_FULL, "node.connections", () -> limits.enter(THERE));
		second.close();

		limits.enter(THERE);
	}

	@Test
	void aRefusedConnectionTakesNothing() {
		Limits limits = limits(Map.of("node.connections", "2", "address.connections", "1", "address.connects", "1/m"));
		limits.enter(HERE).close();

		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "address.connects", () -> limits.enter(HERE));
		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "address.connects", () -> limits.enter(HERE));

		limits.enter(THERE);
		limits.enter("192.0.2.3");
	}

	@Test
	void aUserIsCountedOnAllConnectionsFromWherever() {
		Limits limits = limits(Map.of("user.connections", "2"));
		Caller ann = new Caller.User("ann");
		Seat first = limits.enter(HERE);
		first.is(ann);
		limits.enter(THERE).is(ann);
		Seat third = limits.enter(THERE);

		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "user.connections", () -> third.is(ann));
		third.is(new Caller.User("bob"));
		first.close();

		limits.enter(HERE).is(ann);
	}

	@Test
	void aSeatThatIsClosedIsNobodysAnyMore() {
		Limits limits = limits(Map.of("user.connections", "1"));
		Caller ann = new Caller.User("ann");
		Seat gone = limits.enter(HERE);
		gone.close();

		gone.is(ann);

		limits.enter(HERE).is(ann);
	}

	@Test
	void subscriptionsAreThoseOfAGuestsAddressOrOfAUser() {
		Limits limits = limits(Map.of("address.subscriptions", "1", "user.subscriptions", "1"));
		Hold held = limits.visitor(HERE).subscribes(GUEST);
		limits.visitor(HERE).subscribes(new Caller.User("ann"));

		isRefused(ErrorType.TOO_MANY_SUBSCRIPTIONS, "address.subscriptions",
				() -> limits.visitor(HERE).subscribes(GUEST));
		isRefused(ErrorType.TOO_MANY_SUBSCRIPTIONS, "user.subscriptions",
				() -> limits.visitor(THERE).subscribes(new Caller.User("ann")));
		limits.visitor(THERE).subscribes(GUEST);
		held.close();
		held.close();

		limits.visitor(HERE).subscribes(GUEST);
		isRefused(ErrorType.TOO_MANY_SUBSCRIPTIONS, "address.subscriptions",
				() -> limits.visitor(HERE).subscribes(GUEST));
	}

	@Test
	void retryAfterIsWhenThereIsRoom() {
		Limits limits = limits(Map.of("address.http-requests", "1/s burst 3"));
		Visitor visitor = limits.visitor(HERE);
		for (int request = 0; request < 3; request++) {
			visitor.requests(GUEST);
		}

		LimitReached refusal = isRefused(ErrorType.TOO_MANY_REQUESTS, "address.http-requests",
				() -> visitor.requests(GUEST));

		assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
		assertThat(refusal.retryAfterSeconds()).contains("1");
		this.clock.pass(Duration.ofMillis(999));
		isRefused(ErrorType.TOO_MANY_REQUESTS, "address.http-requests", () -> visitor.requests(GUEST));
		this.clock.pass(Duration.ofMillis(1));
		visitor.requests(GUEST);
	}

	@Test
	void aBatchThatIsMoreThanABurstIsPaidForAfterwards() {
		Limits limits = limits(Map.of("address.publishes", "10/s"));
		Visitor visitor = limits.visitor(HERE);

		visitor.publishes(GUEST, 50, List.of());

		LimitReached refusal = isRefused(ErrorType.TOO_MANY_PUBLICATIONS, "address.publishes",
				() -> visitor.publishes(GUEST, 1, List.of()));
		assertThat(refusal.retryAfterSeconds()).contains("5");
	}

	@Test
	void nothingTakesNothing() {
		Limits limits = limits(Map.of("connection.bytes-out", "2/m", "node.bytes-out", "3/m"));
		Seat seat = limits.enter(HERE);

		seat.sends(0);
		seat.sends(2);
		seat.sends(0);
	}

	@Test
	void whoHasNothingUnfinishedIsNotKept() {
		Unfinished unfinished = new Unfinished(100);
		Address from = Address.of(HERE);

		unfinished.change(from, 0);
		unfinished.change(from, 20);
		assertThat(unfinished.addresses()).isOne();
		unfinished.change(from, -20);
		unfinished.change(from, 0);

		assertThat(unfinished.addresses()).isZero();
		assertThat(unfinished.all()).isZero();
	}

	@Test
	void refusalsOfEachLimitCanBeWatchedFromTheStart() {
		Limits limits = limits(
				Map.of("connection.publishes", "1/s", "connection.bytes-out", "1KB/s", "user.connects", "1/s"));
		limits.topics(new TopicRule(new TopicPattern("**"), Durability.MEMORY, Retention.NOTHING, 1000, Duration.ZERO,
				Rate.valueOf("1/s"), Map.of()));

		assertThat(this.meters.find("fanfare.limits.refused").counters())
			.extracting((counter) -> counter.getId().getTag("limit"))
			.containsExactlyInAnyOrder("connection.publishes", "connection.bytes-out", "unfinished", "user.connects",
					"topic.publish-rate");
	}

	@Test
	void whoIsRefusedByOneLimitHasTakenNothingFromTheOthers() {
		Limits limits = limits(Map.of("address.publishes", "2/m", "node.publishes", "3/m"));
		Visitor here = limits.visitor(HERE);
		here.publishes(GUEST, 2, List.of());
		for (int more = 0; more < 10; more++) {
			isRefused(ErrorType.TOO_MANY_PUBLICATIONS, "address.publishes", () -> here.publishes(GUEST, 1, List.of()));
		}

		Visitor there = limits.visitor(THERE);
		there.publishes(GUEST, 1, List.of());
		isRefused(ErrorType.TOO_MANY_PUBLICATIONS, "node.publishes", () -> there.publishes(GUEST, 1, List.of()));
	}

	@Test
	void aConnectionIsHeldUpRatherThanRefusedAsLongAsPatienceLasts() {
		Limits limits = limits(Map.of("connection.publishes", "1000/s burst 1", "patience", "20ms"));
		Seat seat = limits.enter(HERE);
		long before = System.nanoTime();

		for (int published = 0; published < 20; published++) {
			seat.publishes(GUEST, 1, List.of());
		}

		// Its clock stands still, so each waits for all before it.
		assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(19 * 20 / 2));
		assertThatExceptionOfType(LimitReached.class).isThrownBy(() -> {
			for (int more = 0; more < 3; more++) {
				seat.publishes(GUEST, 1, List.of());
			}
		});
	}

	@Test
	void theApplicationIsNeverLimited() {
		Limits limits = limits(Map.of("node.publishes", "1/m", "node.subscriptions", "1"));
		Caller application = new Caller.Application();

		assertThatNoException().isThrownBy(() -> {
			for (int times = 0; times < 3; times++) {
				limits.inside().publishes(application, 10, List.of());
				limits.inside().subscribes(application);
			}
		});
	}

	@Test
	void whoIsExemptHasTheLimitsOfTheNodeAlone() {
		Limits limits = limits(Map.of("address.connections", "1", "address.publishes", "1/m", "connection.publishes",
				"1/m", "exempt", "10.0.0.0/8,2001:db8::/32", "node.publishes", "5/m"));
		for (String exempt : List.of("10.1.2.3", "[2001:db8:0:7::1]", "10.1.2.3", "2001:db8:0:7::2")) {
			limits.enter(exempt).publishes(GUEST, 1, List.of());
		}
		Seat other = limits.enter("127.0.0.1");
		other.publishes(GUEST, 1, List.of());

		isRefused(ErrorType.TOO_MANY_CONNECTIONS, "address.connections", () -> limits.enter("127.0.0.1"));
		isRefused(ErrorType.TOO_MANY_PUBLICATIONS, "node.publishes",
				() -> limits.visitor("10.1.2.3").publishes(GUEST, 1, List.of()));
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:2:ffff::9", "192.0.2.7, ::ffff:192.0.2.7", "[::1], ::1",
			"fe80::1%eth0, fe80::2", "unknown, _hidden" })
	void isOneAddress(String one, String other) {
		assertThat(Address.of(one)).isEqualTo(Address.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:3::1", "192.0.2.7, 192.0.2.8", "0.0.0.1, ::1", "192.0.2.7, unknown" })
	void areTwoAddresses(String one, String other) {
		assertThat(Address.of(one)).isNotEqualTo(Address.of(other));
	}

	@Test
	void whoHasManyAddressesGetsNoFreshBucketByThem() {
		Limits limits = limits(Map.of("address.publishes", "1/m", "max-tracked", "100"));
		limits.visitor(HERE).publishes(GUEST, 1, List.of());
		int accepted = 0;
		for (int host = 0; host < 5000; host++) {
			accepted += publishes(limits.visitor("10.0.%d.%d".formatted(host / 250, host % 250))) ? 1 : 0;
		}

		isRefused(ErrorType.TOO_MANY_PUBLICATIONS, "address.publishes",
				() -> limits.visitor(HERE).publishes(GUEST, 1, List.of()));
		// 99 of their own and 64 that are shared.
		assertThat(accepted).isLessThanOrEqualTo(163);
	}

	@Test
	void allThatIsCountedIsForgottenWhenItIsGivenBack() {
		Headcount<String> headcount = new Headcount<>(3);
		List<String> keys = new ArrayList<>();
		for (int key = 0; key < 1000; key++) {
			keys.add("key-" + key);
		}

		keys.forEach(headcount::take);
		assertThat(headcount.size()).isEqualTo(1000);
		keys.forEach(headcount::release);

		assertThat(headcount.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "patience=61s", "max-tracked=0", "address.connections=-1", "node.publishes=5",
			"node.publishes=5/h", "node.publishes=1/s burst 0", "node.publishes=2000000000/s", "exempt=localhost",
			"exempt=10.0.0.0/33" })
	void whatCannotBeIsRefusedAtTheStart(String setting) {
		String[] parts = setting.split("=");

		assertThatException().isThrownBy(() -> limits(Map.of(parts[0], parts[1])))
			.havingRootCause()
			.withMessageContaining("must");
	}

	@Test
	void thisMachineIsExemptByDefault() {
		LimitsProperties properties = new Binder(new MapConfigurationPropertySource()).bindOrCreate("fanfare.limits",
				LimitsProperties.class);

		assertThat(properties.networks()).contains(Network.of("127.0.0.0/8"), Network.of("::1"));
		assertThat(new Limits(properties, this.meters, this.clock).visitor("127.0.0.1").address()).isNull();
	}

	@Test
	void ratesAreReadAsTheyAreWritten() {
		assertThat(Rate.valueOf("100/s")).isEqualTo(new Rate(100, Duration.ofSeconds(1), 100));
		assertThat(Rate.valueOf("10/m burst 3")).isEqualTo(new Rate(10, Duration.ofMinutes(1), 3));
		assertThat(Rate.valueOf("2MB/s, burst 1GB")).isEqualTo(new Rate(2 << 20, Duration.ofSeconds(1), 1 << 30));
		assertThat(Rate.valueOf(0).isLimit()).isFalse();
		assertThat(Rate.valueOf("10/s burst 50").refill()).isEqualTo(Duration.ofSeconds(5));
	}

	private static boolean publishes(Visitor visitor) {
		try {
			visitor.publishes(GUEST, 1, List.of());
			return true;
		}
		catch (LimitReached ex) {
			return false;
		}
	}

	private static LimitReached isRefused(ErrorType type, String limit, ThrowingCallable attempt) {
		LimitReached refusal = org.assertj.core.api.Assertions.catchThrowableOfType(LimitReached.class, attempt);
		assertThat(refusal).isNotNull();
		assertThat(refusal.type()).isEqualTo(type);
		assertThat(refusal.limit()).isEqualTo(limit);
		assertThat(refusal.getMessage()).contains("fanfare.limits." + limit);
		return refusal;
	}

	/** Make limits with these settings, and none where there would be one by default. */
	private Limits limits(Map<String, String> settings) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		for (String scope : List.of("user", "address", "node")) {
			for (Kind kind : Kind.values()) {
				source.put("fanfare.limits.%s.%s".formatted(scope, kind.word()), 0);
			}
		}
		source.put("fanfare.limits.connection.bytes-in", 0);
		source.put("fanfare.limits.exempt", "");
		settings.forEach((name, value) -> source.put("fanfare.limits." + name, value));
		if (settings.containsKey("node.connections")) {
			source.put("fanfare.limits.exempt", settings.getOrDefault("exempt", "127.0.0.1"));
		}
		LimitsProperties properties = new Binder(source).bindOrCreate("fanfare.limits", LimitsProperties.class);
		return new Limits(properties, this.meters, this.clock);
	}

	private static final class Clock implements TimeMeter {

		private long nanos = 1_000_000_000;

		void pass(Duration time) {
			this.nanos += time.toNanos();
		}

		@Override
		public long currentTimeNanos() {
			return this.nanos;
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
