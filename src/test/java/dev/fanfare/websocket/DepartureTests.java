package dev.fanfare.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A node that is drained has its clients move, and goes on accepting publications. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.websocket.drain.spread=1500ms")
@DirtiesContext
class DepartureTests {

	private static final int CLIENTS = 25;

	private static final String EVENTS = "/api/topics/drained/events";

	private static final Pattern ASKED = Pattern.compile("service-restart; retry-after=([01]\\.[0-9])");

	@LocalServerPort
	private int port;

	@Test
	void itsClientsAreAskedToComeBackAndNobodyIsLetIn() {
		HttpPublisher http = new HttpPublisher(this.port);
		TopicRecord topic = new TopicRecord("drained");
		try (Swarm swarm = new Swarm(this.port); EventClient events = EventClient.open(this.port, EVENTS, Map.of())) {
			List<StompClient> clients = new ArrayList<>();
			for (int client = 0; client < CLIENTS; client++) {
				clients.add(StompClient.connect(swarm).subscribe("1", topic.destination()));
			}
			assertThat(events.head().status()).isEqualTo(200);
			assertThat(http.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(http.get("/api/node").body()).contains("\"state\":\"accepting\"");

			for (int time = 0; time < 2; time++) {
				assertThat(http.post("/api/node/drain", "application/json", "").statusCode()).isEqualTo(202);
			}

			assertThat(http.get("/api/node").body()).contains("\"state\":\"draining\"");
			assertThat(http.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
			assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(clients).extracting(StompClient::closed).allSatisfy((close) -> {
				assertThat(close.code()).isEqualTo(1012);
				assertThat(close.reason()).matches(ASKED);
			});
			assertThat(events.ended().join()).as("the stream's proper end").isTrue();
			assertThat(events.retry()).isBetween(0L, 1500L);

			isRefused(swarm, "/ws");
			isRefused(swarm, "/");
			isAskedToComeBack();
			assertThat(http.publish(topic, 64).statusCode()).isEqualTo(201);
		}
	}

	private static void isRefused(Swarm swarm, String path) {
		Wire refused = swarm.open(path, Map.of(), (wire, text, payload) -> {
		});

		Waiting.until("an answer", () -> refused.handshake().isDone());

		assertThat(refused.handshake().join().status()).isEqualTo(503);
		assertThat(refused.handshake().join().head()).containsIgnoringCase("\nretry-after: 1")
			.containsIgnoringCase("application/problem+json");
	}

	/** An EventSource that is answered 503 would never come back. */
	private void isAskedToComeBack() {
		try (EventClient late = EventClient.open(this.port, EVENTS, Map.of())) {
			assertThat(late.head().status()).isEqualTo(200);
			assertThat(late.ended().join()).isTrue();
			assertThat(late.retry()).isBetween(0L, 1500L);
		}
	}

	@ParameterizedTest(name = "{0} clients within {1}: {2} at a time")
	@CsvSource({ "0, PT10S, 10", "1, PT10S, 10", "1000, PT10S, 10", "1001, PT10S, 11", "10000, PT10S, 100",
			"200, PT0S, 200", "0, PT0S, 0", "5000, PT0.05S, 5000" })
	void soManyAreAskedTogether(int clients, Duration period, int together) {
		assertThat(Departure.together(clients, period)).isEqualTo(together);
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S, PT0S, PT0S, delay", "PT0S, PT-1S, PT0S, period", "PT0S, PT0S, PT-1S, spread",
			"PT1H1S, PT0S, PT0S, delay" })
	void timesThatCannotBeAreRefusedByName(Duration delay, Duration period, Duration spread, String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainProperties(delay, period, spread))
			.withMessageMatching("fanfare\\.websocket\\.drain\\." + name + " is .*: it must be between 0s and 1h");
	}

}
