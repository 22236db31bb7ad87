package dev.fanfare.conformance;

import java.time.Duration;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Check that both sides make themselves heard as agreed.
 * <p>
 * The interval is measured where beats arrive. They may be late by {@link #MARGIN}, which
 * is for the network and the scheduling of both machines, and by as long as this machine
 * itself stood still meanwhile, which {@link Stalls} tells.
 */
final class HeartbeatChecks {

	private static final Duration MARGIN = Duration.ofMillis(250);

	private static final String BEATS = "Heart-beating";

	private static final int WANTED_MILLIS = 1000;

	private HeartbeatChecks() {
	}

	static Stream<Check> all() {
		return Stream.of(standard("heartbeat-in-time", BEATS, HeartbeatChecks::areInTime),
				standard("heartbeat-in-time-after-messages", BEATS, HeartbeatChecks::areInTimeAfterMessages),
				standard("heartbeat-none-wanted", BEATS, HeartbeatChecks::noneWanted),
				standard("heartbeat-none-without-header", BEATS, HeartbeatChecks::noneWithoutHeader),
				standard("heartbeat-of-client", BEATS, HeartbeatChecks::clientThatBeatsStays),
				standard("heartbeat-of-client-by-frames", BEATS, HeartbeatChecks::clientThatSendsStays),
				fanfare("heartbeat-missed", BEATS, HeartbeatChecks::silentClientIsClosed));
	}

	private static void areInTime(Server server) {
		Beating beating = Beating.begin(server);
		for (int count = 0; count < 4; count++) {
			beating.next();
		}
	}

	/** Other traffic counts as a beat, and the next one is due from there on. */
	private static void areInTimeAfterMessages(Server server) {
		Beating beating = Beating.begin(server);
		for (int part = 1; part < 5; part++) {
			beating.next();
			pause(Duration.ofMillis(beating.millis * part / 5));
			beating.peer.publish("/topic/beats", "x").message("x");
			beating.next();
		}
	}

	private static void noneWanted(Server server) {
		isSilent(server, server.client("1.2", "heart-beat:0,0"));
	}

	private static void noneWithoutHeader(Server server) {
		isSilent(server, server.client());
	}

	private static void isSilent(Server server, Peer peer) {
		peer.forgetArrivals();
		Beating other = Beating.begin(server);
		for (int count = 0; count < 3; count++) {
			other.next();
		}
		assertThat(peer.forgetArrivals()).as("a beat nobody asked for").isFalse();
	}

	private static void clientThatBeatsStays(Server server) {
		stays(server, "\n");
	}

	private static void clientThatSendsStays(Server server) {
		stays(server, Peer.text("SEND", "x", "destination:/topic/beats"));
	}

	/** Be heard often enough for three times as long as the server waits. */
	private static void stays(Server server, String sign) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "heart-beat:" + WANTED_MILLIS + ",0");
		String wanted = peer.expect("CONNECTED").header("heart-beat").split(",")[1];
		int millis = Math.max(WANTED_MILLIS, Integer.parseInt(wanted));
		for (int count = 0; count < 12; count++) {
			pause(Duration.ofMillis(millis / 2));
			peer.send(sign);
		}
		peer.subscribe("1", server.topic());
	}

	private static void silentClientIsClosed(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "heart-beat:" + WANTED_MILLIS + ",0");
		int wanted = Integer.parseInt(peer.expect("CONNECTED").header("heart-beat").split(",")[1]);
		assertThat(wanted).as("what the server wants").isPositive();
		pause(Duration.ofMillis(2L * Math.max(WANTED_MILLIS, wanted)));
		peer.closed(4002);
	}

	/** Let time pass: what is measured here is time. */
	private static void pause(Duration time) {
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			throw new AssertionError("Interrupted", ex);
		}
	}

	/** Receive beats and compare each with the one before. */
	private static final class Beating {

		private final Peer peer;

		private final long millis;

		private long last;

		private Beating(Peer peer, long millis) {
			this.peer = peer;
			this.millis = millis;
		}

		static Beating begin(Server server) {
			Peer peer = server.open();
			peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "heart-beat:0," + WANTED_MILLIS);
			int offered = Integer.parseInt(peer.expect("CONNECTED").header("heart-beat").split(",")[0]);
			assertThat(offered).as("what the server offers").isPositive();
			peer.subscribe("beats", "/topic/beats");
			Beating beating = new Beating(peer, Math.max(WANTED_MILLIS, offered));
			beating.last = System.nanoTime();
			return beating;
		}

		/** Expect something within the interval after the one before. */
		void next() {
			try (Stalls stalls = new Stalls()) {
				long arrived = this.peer.arrival(Duration.ofMillis(3 * this.millis));
				while (arrived < this.last) {
					arrived = this.peer.arrival(Duration.ofMillis(3 * this.millis));
				}
				Duration quiet = Duration.ofNanos(arrived - this.last);
				assertThat(quiet).as("silence where %d ms were agreed", this.millis)
					.isLessThanOrEqualTo(Duration.ofMillis(this.millis).plus(MARGIN).plus(stalls.longest()));
				this.last = arrived;
			}
		}

	}

}
