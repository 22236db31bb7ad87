package dev.fanfare.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;

import dev.fanfare.access.Authorizer;
import dev.fanfare.access.Authorizer.Verdict;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Wire;
import dev.fanfare.topic.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where guests are not let in, nobody gets anything without saying who they are; what
 * users may do, an application can decide.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.guests=false", "fanfare.access.token.secret=" + Tokens.SECRET })
class GuestsTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void aGuestDoesNotConnect() {
		StompClient guest = StompClient.connect(this.swarm);

		assertThat(guest.closed().code()).isEqualTo(4003);
		assertThat(guest.received().getFirst().header("type")).isEqualTo("not-authenticated");
	}

	@Test
	void aGuestOnABareWebSocketIsSentAway() {
		Wire wire = this.swarm.open("/broadcast", Map.of(), new Wire.Listener() {

			@Override
			public void message(Wire same, boolean text, ByteBuffer payload) {
			}

		});

		assertThat(wire.closed().join().code()).isEqualTo(4003);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /api/topics", "GET /api/topics/a", "GET /api/topics/a/publications",
			"GET /api/topics/a/events", "POST /api/topics/a/publications", "DELETE /api/topics/a/publications",
			"GET /api/durable-subscriptions", "POST /broadcast", "POST /send?session=a" })
	void aGuestIsAskedWhoTheyAre(String request) {
		HttpResponse<String> answer = send(request, Map.of());

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
		assertThat(answer.body()).contains("urn:fanfare:problem:not-authenticated");
		assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
	}

	@Test
	void theHeadOfAStreamTellsAGuestNothing() {
		assertThat(send("HEAD /api/topics/a/events", Map.of()).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /actuator/health", "GET /api/docs" })
	void whatTellsNothingOfTopicsIsServedToAnybody(String request) {
		assertThat(send(request, Map.of()).statusCode()).isEqualTo(200);
	}

	@Test
	void aUserIsLetIn() {
		StompClient user = StompClient.connect(this.swarm, Map.of("passcode", Tokens.of("ada")), Map.of());

		assertThat(user.connected().header("user-name")).isEqualTo("ada");
	}

	@Test
	void theApplicationDecides() {
		assertThat(publish("club.door", Tokens.of("ada")).statusCode()).isEqualTo(201);
		HttpResponse<String> denied = publish("club.door", Tokens.of("bob"));
		HttpResponse<String> failed = publish("club.broken", Tokens.of("ada"));

		assertThat(denied.statusCode()).isEqualTo(403);
		assertThat(denied.body())
			.contains("User 'bob' may not publish to 'club.door': the application does not allow it.");
		assertThat(failed.statusCode()).isEqualTo(403);
		assertThat(failed.body()).doesNotContain("for a test");
	}

	@Test
	void theDemoSpeaksForWhoAsksIt() {
		Map<String, String> bob = Map.of("Authorization", "Bearer " + Tokens.of("bob"));
		StompClient stomp = StompClient.connect(this.swarm, Map.of("passcode", Tokens.of("bob")), Map.of());
		Wire bare = this.swarm.open("/broadcast", bob, (same, text, payload) -> {
		});

		stomp.connected();
		Frame answer = stomp.answered("SEND", Map.of("destination", "/app/broadcast"), "x");

		assertThat(answer.header("type")).isEqualTo("access-denied");
		assertThat(send("POST /broadcast", bob).statusCode()).isEqualTo(403);
		assertThat(bare.closed().join().code()).isEqualTo(1008);
		assertThat(send("POST /broadcast", Map.of("Authorization", "Bearer " + Tokens.of("ada"))).statusCode())
			.isEqualTo(200);
	}

	private HttpResponse<String> publish(String topic, String token) {
		return send("POST /api/topics/%s/publications".formatted(topic), Map.of("Authorization", "Bearer " + token));
	}

	private HttpResponse<String> send(String request, Map<String, String> headers) {
		String[] words = request.split(" ");
		HttpRequest.Builder builder = HttpRequest
			.newBuilder(URI.create("http://localhost:%d%s".formatted(this.port, words[1])))
			.method(words[0], HttpRequest.BodyPublishers.ofString(words[0].equals("POST") ? "x" : ""));
		headers.forEach(builder::header);
		return this.http.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofString()).join();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Club {

		@Bean
		Authorizer membersOnly() {
			return (caller, action, topic) -> {
				if (topic.value().equals("broadcast") && action == Action.PUBLISH) {
					return caller.toString().contains("bob") ? Verdict.DENY : Verdict.BY_RULES;
				}
				if (!topic.value().startsWith("club.") || action != Action.PUBLISH) {
					return Verdict.BY_RULES;
				}
				if (topic.value().equals("club.broken")) {
					throw new IllegalStateException("for a test");
				}
				return caller.toString().contains("ada") ? Verdict.ALLOW : Verdict.DENY;
			};
		}

	}

}
