package dev.fanfare.attack;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import dev.fanfare.testing.WireReader.Handshake;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** One address opens as many connections and subscriptions as it may, and no more. */
@SmallLimits
class ConnectionFloodTests {

	private static final int CONNECTIONS = 20;

	private static final int SUBSCRIPTIONS = 25;

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	private Attack attack;

	@BeforeEach
	void begin() {
		this.attack = new Attack(this.port);
	}

	@AfterEach
	void end() {
		this.attack.close();
	}

	@Test
	void connectionsAreCountedUntilTheyAreGone() {
		List<StompClient> in = connect();

		Handshake refused = open();
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.head()).contains("Retry-After: 5", "application/problem+json");
		assertThat(refusals("address.connections")).isPositive();
		this.attack.othersAreServed();

		in.get(0).wire().vanish();
		in.get(1).wire().close(1000);
		in.get(2).frame("DISCONNECT", Map.of(), new byte[0]);
		Waiting.until("there is room for one, two, three", () -> open().status() == 101);
		Waiting.until("there is room for one, two, three", () -> open().status() == 101);
		Waiting.until("there is room for one, two, three", () -> open().status() == 101);
		assertThat(open().status()).isEqualTo(429);
	}

	@Test
	void streamsOfEventsAreConnectionsToo() {
		connect();

		HttpResponse<String> refused = this.attack.get("/api/topics/news/events");

		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("urn:fanfare:problem:too-many-connections",
				"fanfare.limits.address.connections");
		assertThat(refused.headers().firstValue("Retry-After")).contains("5");
	}

	@Test
	void bareWebSocketsAreConnectionsToo() {
		connect();

		Wire bare = this.attack.attackers().open("/", Map.of(), (wire, text, payload) -> {
		});

		assertThat(bare.handshake().join().status()).isEqualTo(429);
	}

	@Test
	void whoComesBackAgainAndAgainIsTooFast() {
		double before = refusals("address.connects");
		String head = "";
		for (int time = 0; time < 300 && refusals("address.connects") == before; time++) {
			Wire wire = this.attack.attackers().open("/ws", Map.of(), (same, text, payload) -> {
			});
			head = wire.handshake().join().head();
			wire.vanish();
		}

		assertThat(refusals("address.connects")).isGreaterThan(before);
		assertThat(head).startsWith("HTTP/1.1 429").containsPattern("Retry-After: [1-9]");
		this.attack.othersAreServed();
	}

	@Test
	void subscriptionsAreCountedOverAllConnections() {
		StompClient one = this.attack.client();
		for (int id = 0; id < SUBSCRIPTIONS; id++) {
			one.subscribe("s" + id, "/topic/t" + id);
		}
		StompClient two = this.attack.client();

		Frame refused = two.answered("SUBSCRIBE", Map.of("id", "1", "destination", "/user/queue/any"), "");

		assertThat(refused.command()).isEqualTo("ERROR");
		assertThat(refused.header("type")).isEqualTo("too-many-subscriptions");
		assertThat(refused.header("message")).contains("fanfare.limits.address.subscriptions");
		assertThat(refused.header("retry-after")).isEqualTo("5");
		this.attack.othersAreServed();
		assertThat(one.answered("UNSUBSCRIBE", Map.of("id", "s0"), "").command()).isEqualTo("RECEIPT");
		Map<String, String> another = Map.of("id", "1", "destination", "/topic/t");
		assertThat(this.attack.client().answered("SUBSCRIBE", another, "").command()).isEqualTo("RECEIPT");
	}

	@Test
	void subscribingAndUnsubscribingAgainAndAgainLeavesNothingBehind() {
		StompClient client = this.attack.client();
		for (int time = 0; time < 2000; time++) {
			client.frame("SUBSCRIBE", Map.of("id", "s", "destination", "/topic/t"), new byte[0]);
			client.frame("UNSUBSCRIBE", Map.of("id", "s"), new byte[0]);
		}
		this.attack.othersAreServed();

		for (int id = 0; id < SUBSCRIPTIONS; id++) {
			client.subscribe("s" + id, "/topic/t" + id);
		}
		assertThat(client.received()).isEmpty();
	}

	@Test
	void aFloodOfConnectFramesEndsTheConnection() {
		StompClient client = this.attack.client();

		for (int time = 0; time < 100; time++) {
			client.frame("CONNECT", Map.of("accept-version", "1.2", "host", "h"), new byte[0]);
		}

		assertThat(client.closed().code()).isEqualTo(1002);
		assertThat(client.received()).singleElement()
			.satisfies((frame) -> assertThat(frame.header("type")).isEqualTo("already-connected"));
		this.attack.othersAreServed();
	}

	private List<StompClient> connect() {
		List<StompClient> in = new ArrayList<>();
		for (int client = 0; client < CONNECTIONS; client++) {
			in.add(this.attack.client());
		}
		return in;
	}

	private double refusals(String limit) {
		return this.meters.counter("fanfare.limits.refused", "limit", limit).count();
	}

	private Handshake open() {
		Wire wire = this.attack.attackers().open("/ws", Map.of(), (same, text, payload) -> {
		});
		try {
			return wire.handshake().join();
		}
		catch (CompletionException ex) {
			throw new AssertionError("Cut off without an answer", ex);
		}
	}

}
