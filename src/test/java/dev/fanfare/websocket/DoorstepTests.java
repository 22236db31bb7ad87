package dev.fanfare.websocket;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.fanfare.limits.Address;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who asks for nothing is bounded, remembered, and sent away in the end. */
class DoorstepTests {

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration NEXT = Duration.ofSeconds(40);

	private static final Address ONE = Address.of(InetAddress.ofLiteral("192.0.2.1"));

	private static final Address OTHER = Address.of(InetAddress.ofLiteral("192.0.2.2"));

	private final Doorstep doorstep = new Doorstep();

	private long now = 1;

	@Test
	void anAddressHasSoManySilentConnectionsAndOthersHaveTheirs() {
		for (int silent = 0; silent < 256; silent++) {
			assertThat(this.doorstep.arrives("one-" + silent, ONE, this.now)).isTrue();
		}

		assertThat(this.doorstep.arrives("one more", ONE, this.now)).isFalse();
		assertThat(this.doorstep.arrives("another", OTHER, this.now)).isTrue();

		this.doorstep.asks("one-0");
		assertThat(this.doorstep.arrives("one instead", ONE, this.now)).isTrue();
		assertThat(this.doorstep.arrives("one too many", ONE, this.now)).isFalse();
		this.doorstep.gone("one-1", this.now);
		assertThat(this.doorstep.arrives("one again", ONE, this.now)).isTrue();
	}

	@Test
	void whoWasSilentOftenIsSuspectedForAWhile() {
		for (int silent = 0; silent < 10; silent++) {
			this.doorstep.arrives("one-" + silent, ONE, this.now);
		}
		pass(Duration.ofMillis(3100));
		this.doorstep.overdue(this.now, FIRST, NEXT);

		assertThat(this.doorstep.isSuspect(ONE, this.now)).isTrue();
		assertThat(this.doorstep.isSuspect(OTHER, this.now)).isFalse();

		pass(Duration.ofSeconds(7));
		assertThat(this.doorstep.isSuspect(ONE, this.now)).isFalse();
	}

	@Test
	void whoWasOnlyServedLateIsForgiven() {
		for (int client = 0; client < 10; client++) {
			this.doorstep.arrives("one-" + client, ONE, this.now);
		}
		pass(Duration.ofMillis(3100));
		this.doorstep.overdue(this.now, FIRST, NEXT);
		for (int client = 0; client < 10; client++) {
			this.doorstep.asks("one-" + client);
		}

		assertThat(this.doorstep.isSuspect(ONE, this.now)).isFalse();
	}

	@Test
	void theFirstRequestOfAConnectionIsTheOnlyOneThatLetsItIn() {
		this.doorstep.arrives("one", ONE, this.now);

		assertThat(this.doorstep.asks("one")).isTrue();
		this.doorstep.answered("one", this.now);
		assertThat(this.doorstep.asks("one")).isFalse();
		assertThat(this.doorstep.asks("unknown")).isFalse();
	}

	@Test
	void whoLeavesWithoutAWordAgainAndAgainIsSuspectedToo() {
		for (int silent = 0; silent < 10; silent++) {
			this.doorstep.arrives("one-" + silent, ONE, this.now);
		}
		pass(Duration.ofMillis(150));
		for (int silent = 0; silent < 10; silent++) {
			this.doorstep.gone("one-" + silent, this.now);
		}

		assertThat(this.doorstep.isSuspect(ONE, this.now)).isTrue();
		assertThat(this.doorstep.size()).isZero();
	}

	@Test
	void whoAsksInTimeIsNotSuspected() {
		for (int client = 0; client < 10; client++) {
			this.doorstep.arrives("one-" + client, ONE, this.now);
			this.doorstep.asks("one-" + client);
		}
		pass(Duration.ofSeconds(2));
		this.doorstep.overdue(this.now, FIRST, NEXT);

		assertThat(this.doorstep.isSuspect(ONE, this.now)).isFalse();
	}

	@Test
	void whoWaitsForTooLongIsOverdueAndWhoIsServedIsNot() {
		this.doorstep.arrives("silent", ONE, this.now);
		this.doorstep.arrives("busy", ONE, this.now);
		this.doorstep.arrives("kept alive", ONE, this.now);
		this.doorstep.asks("busy");
		this.doorstep.asks("kept alive");
		this.doorstep.answered("kept alive", this.now);

		pass(FIRST.plusSeconds(1));
		assertThat(this.doorstep.overdue(this.now, FIRST, NEXT)).containsExactly("silent");
		pass(NEXT);
		assertThat(this.doorstep.overdue(this.now, FIRST, NEXT)).containsExactlyInAnyOrder("silent", "kept alive");
	}

	@Test
	void aRequestThatCameBeforeTheOneBeforeItWasToldToBeAnsweredIsServed() {
		this.doorstep.arrives("fast", ONE, this.now);
		this.doorstep.asks("fast");
		this.doorstep.asks("fast");
		this.doorstep.answered("fast", this.now);

		pass(NEXT.plusSeconds(1));
		assertThat(this.doorstep.overdue(this.now, FIRST, NEXT)).isEmpty();
		this.doorstep.answered("fast", this.now);
		pass(NEXT.plusSeconds(1));
		assertThat(this.doorstep.overdue(this.now, FIRST, NEXT)).containsExactly("fast");
	}

	@Test
	void manyAddressesHaveABoundTogether() {
		for (int client = 0; client < 9000; client++) {
			this.doorstep.makeRoom(this.now);
			assertThat(this.doorstep.arrives(client, address(client), this.now)).isTrue();
		}

		assertThat(this.doorstep.size()).isBetween(8192 - 64, 8192);
	}

	@Test
	void whoHasBeenSilentForTheLongestMakesRoomAndSuspectsBeforeThem() {
		for (int client = 0; client < 8192 - 20; client++) {
			this.doorstep.arrives(client, address(client), this.now++);
		}
		for (int suspected = 0; suspected < 10; suspected++) {
			this.doorstep.arrives("left-" + suspected, ONE, this.now);
		}
		pass(Duration.ofMillis(150));
		for (int suspected = 0; suspected < 10; suspected++) {
			this.doorstep.gone("left-" + suspected, this.now);
		}
		for (int suspected = 0; suspected < 20; suspected++) {
			assertThat(this.doorstep.makeRoom(this.now)).isEmpty();
			this.doorstep.arrives("suspected-" + suspected, ONE, this.now);
		}
		this.doorstep.arrives("asks", OTHER, this.now);
		this.doorstep.asks("asks");

		List<Object> closing = this.doorstep.makeRoom(this.now);

		assertThat(closing.subList(0, 20)).allMatch((channel) -> channel.toString().startsWith("suspected-"));
		assertThat(closing.subList(20, 64)).isEqualTo(IntStream.range(0, 44).boxed().toList());
		assertThat(this.doorstep.makeRoom(this.now)).isEmpty();
		assertThat(this.doorstep.size()).isEqualTo(8192 - 64 + 1);
	}

	private static Address address(int client) {
		return Address.of(InetAddress.ofLiteral("10.0.%d.%d".formatted(client / 250, client % 250)));
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

}
