package dev.fanfare.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection lives as long as the token that it was opened with, or the next one. */
@ClosedServer
class TokenLifeTests {

	private static final TopicName TOPIC = new TopicName("life.one");

	private static final Map<String, Object> GRANTS = Map.of("subscribe", List.of("life.*"));

	/** What a tick may be late by, and a busy machine. */
	private static final Duration LATE = Duration.ofSeconds(3);

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

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
	void deliveriesEndWithTheToken() {
		Instant end = Instant.now().plusSeconds(2);
		StompClient client = connect(token("ada", end));
		client.subscribe("1", "/topic/life.one");
		publish("in time");
		Waiting.until("a delivery", () -> !client.received().isEmpty());

		assertThat(client.closed().code()).isEqualTo(4004);

		assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plus(LATE));
		publish("too late");
		assertThat(client.received()).hasSize(1);
	}

	@Test
	void aStreamEndsWithTheToken() {
		String token = token("ada", Instant.now().plusSeconds(2));
		try (EventClient stream = EventClient.open(this.port, "/api/topics/life.one/events",
				Map.of("Authorization", "Bearer " + token))) {
			Waiting.until("the stream is live", () -> !stream.lastId().isEmpty());

			stream.ended().join();
		}
	}

	@Test
	void aClientIsToldInTimeAndGoesOnWithANewToken() {
		Instant end = Instant.now().plusSeconds(4).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
		StompClient client = connect(token("ada", end));
		client.subscribe("notice", "/user/queue/session");
		client.subscribe("1", "/topic/life.one");

		Waiting.until("a notice", () -> !client.received().isEmpty());
		JsonNode notice = JsonMapper.shared().readTree(client.received().getFirst().body());
		Frame receipt = refresh(client, token("ada", Instant.now().plusSeconds(600)));

		assertThat(notice.path("type").asString("")).isEqualTo("token-expires");
		assertThat(notice.path("expires").asLong()).isEqualTo(end.toEpochMilli());
		assertThat(receipt.command()).isEqualTo("RECEIPT");
		Waiting.until("the old token has ended", () -> Instant.now().isAfter(end.plus(Duration.ofMillis(1500))));
		publish("still there");
		Waiting.until("a delivery", () -> client.received().size() == 2);
		assertThat(client.wire().closed()).isNotDone();
	}

	@Test
	void theBodyBringsANewTokenToo() {
		StompClient client = connect(token("ada", Instant.now().plusSeconds(60)));

		assertThat(client
			.answered("SEND", Map.of("destination", "/app/session/refresh"),
					token("ada", Instant.now().plusSeconds(600)) + "\n")
			.command()).isEqualTo("RECEIPT");
	}

	@Test
	void whatAnOperatorSubscribedNeedsNoGrant() {
		StompClient client = connect(token("ada", Instant.now().plusSeconds(60)));
		String session = client.connected().header("session");
		HttpRequest pushed = HttpRequest
			.newBuilder(
					URI.create("http://localhost:%d/api/sessions/%s/subscriptions/other".formatted(this.port, session)))
			.header("Authorization", "Bearer " + ClosedServer.OPERATE_KEY)
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			assertThat(http.sendAsync(pushed, HttpResponse.BodyHandlers.discarding()).join().statusCode())
				.isEqualTo(204);
		}

		assertThat(refresh(client, token("ada", Instant.now().plusSeconds(600))).command()).isEqualTo("RECEIPT");
	}

	@Test
	void anotherUsersTokenIsNotTaken() {
		Frame answer = refresh(connect(token("ada", Instant.now().plusSeconds(60))),
				token("bob", Instant.now().plusSeconds(600)));

		assertRefused(answer, "access-denied", "'ada'");
	}

	@Test
	void aKeyIsNoNewToken() {
		assertRefused(refresh(connect(token("ada", Instant.now().plusSeconds(60))), ClosedServer.PUBLISH_KEY),
				"access-denied", "'ada'");
	}

	@Test
	void aWrongTokenIsNotTaken() {
		assertRefused(refresh(connect(token("ada", Instant.now().plusSeconds(60))), Tokens.of("ada") + "x"),
				"invalid-credentials", "signature");
	}

	@Test
	void aTokenThatGrantsLessThanIsSubscribedToIsNotTaken() {
		StompClient client = connect(token("ada", Instant.now().plusSeconds(60)));
		client.subscribe("server:life.one", "/topic/life.one");

		assertRefused(refresh(client, Tokens.of("ada")), "access-denied", "'life.one'");
	}

	@Test
	void aGuestHasNothingToRefresh() {
		StompClient guest = StompClient.connect(this.swarm);
		guest.connected();

		assertRefused(refresh(guest, Tokens.of("ada")), "access-denied", "connect again");
	}

	@Test
	void aNewTokenDoesNotWaitForACommit() {
		StompClient client = connect(token("ada", Instant.now().plusSeconds(60)));
		client.frame("BEGIN", Map.of("transaction", "t"), new byte[0]);

		assertRefused(client.answered("SEND", Map.of("destination", "/app/session/refresh", "transaction", "t"), "x"),
				"invalid-header", "'t'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", "sid", "token" })
	void whatIsRevokedIsCutOffAtOnceAndNotLetInAgain(String kind) {
		String user = UUID.randomUUID().toString();
		String session = UUID.randomUUID().toString();
		String id = UUID.randomUUID().toString();
		String token = Tokens.with(user, (claims) -> claims.claim("fanfare", GRANTS).claim("sid", session).jwtID(id));
		StompClient revoked = connect(token);
		StompClient other = connect(Tokens.of("other", GRANTS));
		String bearer = "Bearer " + token;
		try (EventClient stream = EventClient.open(this.port, "/api/topics/life.one/events",
				Map.of("Authorization", bearer))) {
			Waiting.until("the stream is live", () -> !stream.lastId().isEmpty());
			String name = Map.of("user", user, "sid", session, "token", id).get(kind);

			var answer = revoke("{\"%s\":\"%s\"}".formatted(kind, name), ClosedServer.OPERATE_KEY);

			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			long since = System.nanoTime();
			assertThat(revoked.closed().code()).isEqualTo(4005);
			stream.ended().join();
			assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(LATE);
		}
		StompClient again = StompClient.connect(this.swarm, Map.of("passcode", token), Map.of());
		assertThat(again.closed().code()).isEqualTo(4005);
		assertThat(again.received().getFirst().header("type")).isEqualTo("token-revoked");
		var http = new HttpPublisher(this.port).post("/api/publications", "application/json", "[]",
				Map.of("Authorization", bearer));
		assertThat(http.statusCode()).isEqualTo(401);
		assertThat(http.body()).contains("urn:fanfare:problem:token-revoked");
		other.ping().join();
		assertThat(other.wire().closed()).isNotDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"user\":\"a\",\"token\":\"b\"}", "{\"name\":\"a\"}", "{\"user\":\"\"}",
			"{\"user\":1}", "{\"user\":null}", "{\"user\":\"a\",\"until\":\"then\"}",
			"{\"user\":\"a\",\"until\":\"2020-01-01\"}", "[]", "nonsense" })
	void aRevocationThatCannotBeIsRefused(String body) {
		var answer = revoke(body, ClosedServer.OPERATE_KEY);

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(answer.body()).contains("urn:fanfare:problem:invalid-");
	}

	@Test
	void nothingIsReadOfWhoMayNotRevoke() {
		String answer = new HttpAsker(this.port).sendRaw("POST /api/revocations HTTP/1.1\r\nHost: localhost\r\n"
				+ "Content-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n{");

		assertThat(answer).startsWith("HTTP/1.1 403 ").contains("access-denied");
	}

	@Test
	void aRevocationIsSmall() {
		var answer = revoke("{\"user\":\"%s\"}".formatted("x".repeat(5000)), ClosedServer.OPERATE_KEY);

		assertThat(answer.statusCode()).isEqualTo(413);
	}

	@Test
	void revocationsAreListedPageByPageAlongTheLinks() {
		List<String> names = List.of("page 1/%", "page 2&", "page 3");
		names.forEach((name) -> revoke("{\"user\":\"%s\"}".formatted(name), ClosedServer.OPERATE_KEY));

		HttpAsker server = new HttpAsker(this.port);
		List<String> found = new ArrayList<>();
		String path = "/api/revocations?limit=2";
		while (!path.isEmpty()) {
			var page = server.send(server.request(path).header("Authorization", "Bearer " + ClosedServer.OPERATE_KEY));
			assertThat(page.status()).as(page.body()).isEqualTo(200);
			assertThat(page.json().size()).isBetween(1, 2);
			page.json().forEach((item) -> found.add(item.toString().replaceAll(",\"since.*", "")));
			path = page.header("Link").replaceAll("<(.*)>.*", "$1");
		}
		assertThat(found).containsSubsequence(names.stream().map("{\"user\":\"%s\""::formatted).toList())
			.doesNotHaveDuplicates();
	}

	@Test
	void onlyOperatorsRevoke() {
		assertThat(revoke("{\"user\":\"x\"}", ClosedServer.READ_KEY).statusCode()).isEqualTo(403);
		assertThat(revoke("{\"user\":\"x\"}", Tokens.of("ada", GRANTS)).statusCode()).isEqualTo(403);
		assertThat(new HttpPublisher(this.port).get("/api/revocations").statusCode()).isEqualTo(403);
		assertThat(revoke("{\"user\":\"gone\"}", Tokens.of("root", Map.of("operate", true))).statusCode())
			.isEqualTo(201);
	}

	private StompClient connect(String token) {
		StompClient client = StompClient.connect(this.swarm, Map.of("passcode", token), Map.of());
		client.connected();
		return client;
	}

	private static Frame refresh(StompClient client, String token) {
		return client.answered("SEND",
				Map.of("destination", "/app/session/refresh", "Authorization", "Bearer " + token), "");
	}

	private static void assertRefused(Frame answer, String type, String why) {
		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo(type);
		assertThat(answer.header("message")).contains(why);
	}

	private java.net.http.HttpResponse<String> revoke(String body, String bearer) {
		return new HttpPublisher(this.port).post("/api/revocations", "application/json", body,
				Map.of("Authorization", "Bearer " + bearer));
	}

	private void publish(String text) {
		this.broker.publish(new Caller.Application(), Draft.ofText(TOPIC, text));
	}

	private static String token(String user, Instant end) {
		return Tokens.with(user, (claims) -> claims.claim("fanfare", GRANTS).expirationTime(Date.from(end)));
	}

}
