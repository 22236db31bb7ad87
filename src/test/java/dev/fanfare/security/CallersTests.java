package dev.fanfare.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.SimpMessagingTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody gets further than what they show lets them, over any transport. */
@ClosedServer
class CallersTests {

	private static final Map<String, Object> GRANTS = Map.of("subscribe", List.of("chat.*", "inbox.{user}"), "publish",
			List.of("chat.*"));

	private static final String EXPIRED = Tokens.with("ada",
			(claims) -> claims.expirationTime(new Date(System.currentTimeMillis() - 1000)));

	private static final String ADA = Tokens.of("ada", GRANTS);

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	@Autowired
	private SimpMessagingTemplate template;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	// At CONNECT

	@ParameterizedTest
	@CsvSource({ "Authorization,'Bearer '", "authorization,'bearer '", "passcode,''" })
	void aTokenComesWithConnect(String header, String before) {
		StompClient client = connect(Map.of(header, before + Tokens.of("ada", GRANTS)));

		assertThat(client.connected().header("user-name")).isEqualTo("ada");
		assertThat(subscribe(client, "/topic/chat.hall").command()).isEqualTo("RECEIPT");
	}

	@Test
	void aKeyConnectsAsWell() {
		StompClient client = connect(Map.of("passcode", ClosedServer.PUBLISH_KEY));

		assertThat(client.connected().header("user-name")).isEqualTo("key:shop");
		assertThat(send(client, "/topic/orders.1").command()).isEqualTo("RECEIPT");
	}

	@Test
	void aWrongTokenDoesNotConnect() {
		StompClient client = connect(Map.of("passcode", Tokens.of("ada") + "x"));

		assertThat(client.closed().code()).isEqualTo(4003);
		assertThat(client.received().getFirst().header("type")).isEqualTo("invalid-credentials");
		assertThat(client.received().getFirst().header("message")).contains("signature");
	}

	@Test
	void aTokenThatHasEndedDoesNotConnect() {
		StompClient client = connect(Map.of("passcode", EXPIRED));

		assertThat(client.closed().code()).isEqualTo(4004);
		assertThat(client.received().getFirst().header("type")).isEqualTo("token-expired");
	}

	@ParameterizedTest
	@CsvSource({ "guest,guest", "admin,''", "ada,' '" })
	void aPasswordIsNoToken(String login, String passcode) {
		StompClient client = connect(Map.of("login", login, "passcode", passcode));

		assertThat(client.closed().code()).isEqualTo(4003);
	}

	@Test
	void aGuestConnectsAndGetsWhatIsOpenToEveryone() {
		StompClient guest = connect(Map.of());

		assertThat(guest.connected().header("user-name")).isEmpty();
		assertThat(subscribe(guest, "/topic/public.news").command()).isEqualTo("RECEIPT");
		assertDenied(send(guest, "/topic/public.news"), "A guest may not publish to 'public.news'");
	}

	// At the handshake

	@Test
	void aCookieOrTheQueryBringATokenWithTheHandshake() {
		StompClient cookie = StompClient.connect(this.swarm, Map.of(), Map.of("Cookie", "a=b; token=" + ADA));
		StompClient header = StompClient.connect(this.swarm, Map.of(), Map.of("Authorization", "Bearer " + ADA));

		assertThat(cookie.connected().header("user-name")).isEqualTo("ada");
		assertThat(header.connected().header("user-name")).isEqualTo("ada");
	}

	@Test
	void whatConnectBringsCountsMoreThanTheHandshake() {
		StompClient client = StompClient.connect(this.swarm, Map.of("passcode", Tokens.of("bob")),
				Map.of("Cookie", "token=" + ADA));

		assertThat(client.connected().header("user-name")).isEqualTo("bob");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ws", "/", "/send" })
	void aWrongTokenAtTheHandshakeOpensNoConnection(String path) {
		Wire wire = this.swarm.open(path, Map.of("Cookie", "token=" + EXPIRED), new Ignoring());

		assertThat(wire.handshake().join().status()).isEqualTo(401);
	}

	@Test
	void aBareWebSocketTakesTheTokenOfItsAddress() {
		Wire wire = this.swarm.open("/?access_token=" + ADA, Map.of(), new Ignoring());
		assertThat(wire.handshake().join().status()).isEqualTo(101);

		Wire wrong = this.swarm.open("/?access_token=" + EXPIRED, Map.of(), new Ignoring());
		assertThat(wrong.handshake().join().status()).isEqualTo(401);
	}

	// Topics

	@Test
	void aTokenReachesWhatItGrantsAndNothingElse() {
		assertThat(subscribe(connectAs("ada"), "/topic/inbox.ada").command()).isEqualTo("RECEIPT");
		assertDenied(subscribe(connectAs("ada"), "/topic/inbox.bob"), "User 'ada' may not subscribe to 'inbox.bob'");
		assertDenied(subscribe(connectAs("ada"), "/topic/chat.a.b"), "'chat.a.b'");
		assertDenied(send(connectAs("ada"), "/topic/inbox.ada"), "User 'ada' may not publish");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "bob.admin", "**" })
	void aNameDoesNotWidenAPattern(String name) {
		assertDenied(subscribe(connectAs(name), "/topic/inbox.bob"), "may not subscribe");
		assertThat(subscribe(connectAs(name), "/topic/chat.hall").command()).isEqualTo("RECEIPT");
	}

	@Test
	void nobodyPublishesToATopicForReading() {
		String json = "[{\"topic\":\"chat.hall\",\"text\":\"1\"},{\"topic\":\"readonly.a\",\"text\":\"2\"}]";
		String token = Tokens.of("ada", Map.of("publish", List.of("**")));
		long before = standing("chat.hall");

		assertDenied(send(connect(Map.of("passcode", token)), "/topic/readonly.a"), "it is open to nobody");
		assertProblem(post("/api/topics/readonly.a/publications", "x", bearer(token)), 403, "access-denied");
		assertProblem(post("/api/topics/%72eadonly.a/publications", "x", bearer(token)), 403, "access-denied");
		assertProblem(post("/api/publications", json, bearer(token)), 403, "access-denied");
		StompClient client = connect(Map.of("passcode", token));
		client.connected();
		client.frame("BEGIN", Map.of("transaction", "t"), new byte[0]);
		client.answered("SEND", Map.of("destination", "/topic/chat.hall", "transaction", "t"), "1");
		client.answered("SEND", Map.of("destination", "/topic/readonly.a", "transaction", "t"), "2");
		assertDenied(client.answered("COMMIT", Map.of("transaction", "t"), ""), "it is open to nobody");

		assertThat(standing("readonly.a")).isZero();
		assertThat(standing("chat.hall")).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/chat.hall/../inbox.bob", "/topic//inbox.bob", "/topic/./inbox.bob",
			"/topic/inbox%2Ebob", "/topic/inbox.*", "/topic/**", "/topic/inbox.bob/", "/topic/inbox.bob\\n",
			"/Topic/inbox.bob", "//topic/inbox.bob", "/app/../topic/inbox.bob" })
	void anUnusualSpellingReachesNoTopic(String destination) {
		Frame answer = subscribe(connectAs("ada"), destination);

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isIn("invalid-topic-name", "unknown-destination");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/topics/inbox.ada/../inbox.bob/publications", "/api/topics/inbox%2Ebob/publications",
			"/api/topics/inbox.bob;x/publications", "/api//topics/inbox.bob/publications",
			"/api/topics/inbox.ada%2F..%2Finbox.bob/publications", "/api/topics/inbox.bob/publications/" })
	void anUnusualPathReachesNoTopic(String path) {
		assertThat(get(path, bearer(ADA)).statusCode()).isIn(400, 403, 404);
		assertThat(post(path, "x", bearer(ADA)).statusCode()).isIn(400, 403, 404, 405);
		assertThat(standing("inbox.bob")).isZero();
	}

	// Users' queues

	@ParameterizedTest
	@ValueSource(strings = { "/user/bob/queue/send", "/queue/send-userSESSION", "/queue/send", "/user/bob%2Fqueue/send",
			"/user//queue/send", "//user/bob/queue/send", "/USER/queue/send", "/topic/../user/bob/queue/send",
			"/user/SESSION/queue/send", "/user/queue" })
	void nobodyHearsWhatIsForAnother(String spelling) {
		StompClient bob = connectAs("bob");
		String session = bob.connected().header("session");
		bob.subscribe("mine", "/user/queue/send");
		StompClient eve = connectAs("eve");
		eve.connected();

		Frame answer = subscribe(eve, spelling.replace("SESSION", session));

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isIn("unknown-destination", "invalid-topic-name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/user/queue/x-userSESSION", "/user/queue/send-userSESSION", "/user/queue/send/../send",
			"/user/queue/../bob/queue/send" })
	void anOddNameOfOnesOwnQueueHearsNothingOfAnother(String spelling) {
		StompClient bob = connectAs("bob");
		String session = bob.connected().header("session");
		bob.subscribe("mine", "/user/queue/send");
		StompClient eve = connectAs("eve");
		eve.connected();
		eve.subscribe("odd", spelling.replace("SESSION", session));

		this.template.convertAndSendToUser("bob", "/queue/send", "for bob alone");

		Waiting.until("bob's message", () -> !bob.received().isEmpty());
		eve.ping().join();
		assertThat(eve.received()).isEmpty();
	}

	@Test
	void nobodySendsToAUser() {
		for (String destination : List.of("/user/bob/queue/send", "/user/queue/send", "/queue/send-user1")) {
			Frame answer = send(connectAs("eve"), destination);

			assertThat(answer.header("type")).isIn("access-denied", "unknown-destination");
		}
	}

	@Test
	void aUserWithTheNameOfAKeyIsNotLetIn() {
		assertThat(connect(Map.of("passcode", Tokens.of("key:shop"))).closed().code()).isEqualTo(4003);
	}

	@Test
	void aTokenInTheHeadersOfASendReachesNoReader() {
		StompClient reader = connectAs("ada");
		reader.connected();
		reader.subscribe("1", "/topic/chat.leak");
		StompClient writer = connectAs("bob");
		writer.connected();

		writer.answered("SEND",
				Map.of("destination", "/topic/chat.leak", "Authorization", "Bearer x", "passcode", "x", "note", "kept"),
				"hi");

		Waiting.until("a message", () -> !reader.received().isEmpty());
		assertThat(reader.received().getFirst().toString()).contains("note:kept").doesNotContain("Bearer", "passcode");
	}

	// HTTP

	@Test
	void aKeyPublishesWhereItMay() {
		assertThat(post("/api/topics/orders.1/publications", "x", bearer(ClosedServer.PUBLISH_KEY)).statusCode())
			.isEqualTo(201);
		assertProblem(post("/api/topics/chat.hall/publications", "x", bearer(ClosedServer.PUBLISH_KEY)), 403,
				"access-denied");
		assertProblem(post("/api/topics/authenticated/publications", "x", bearer(ClosedServer.PUBLISH_KEY)), 403,
				"access-denied");
		assertProblem(get("/api/topics/orders.1/publications", bearer(ClosedServer.PUBLISH_KEY)), 403, "access-denied");
		assertProblem(post("/api/topics/orders.1/publications", "x", bearer(ClosedServer.READ_KEY)), 403,
				"access-denied");
		assertThat(get("/api/topics/orders.1/publications", bearer(ClosedServer.READ_KEY)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/topics/orders.1/publications", "/api/publications" })
	void nothingIsReadOfWhomMayNotPublish(String path) {
		String request = ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
				+ "Content-Length: 60000\r\n\r\n")
			.formatted(path, ClosedServer.READ_KEY);

		// What it has announced never comes, and is not waited for.
		assertThat(new HttpAsker(this.port).sendRaw(request)).contains(" 403 ", "access-denied");
	}

	@Test
	void whatIsForOperatorsTakesAKeyOfTheirs() {
		assertProblem(get("/api/durable-subscriptions", bearer(ClosedServer.READ_KEY)), 403, "access-denied");
		assertProblem(get("/api/durable-subscriptions", Map.of()), 403, "access-denied");
		assertThat(get("/api/durable-subscriptions", bearer(ClosedServer.OPERATE_KEY)).statusCode()).isEqualTo(200);
		assertThat(get("/api/topics", bearer(ClosedServer.OPERATE_KEY)).statusCode()).isEqualTo(200);
		assertProblem(get("/api/topics", bearer(ADA)), 403, "access-denied");
	}

	@Test
	void aWrongKeyOrTokenIsAnsweredWithAProblem() {
		for (String wrong : List.of("fanfare_nobody", "x", EXPIRED, Tokens.of("ada") + "x")) {
			HttpResponse<String> answer = post("/api/topics/public.a/publications", "x", bearer(wrong));

			assertProblem(answer, 401, wrong.equals(EXPIRED) ? "token-expired" : null);
			assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
			assertThat(answer.body()).doesNotContain("x.", "nobody");
		}
		assertProblem(get("/api/topics/public.a/events", bearer("x")), 401, "invalid-credentials");
	}

	@Test
	void aUserReadsAndStreamsWhatTheirTokenGrants() {
		assertThat(get("/api/topics/chat.hall/publications", bearer(ADA)).statusCode()).isEqualTo(200);
		assertProblem(get("/api/topics/inbox.bob/publications", bearer(ADA)), 403, "access-denied");
		assertProblem(get("/api/topics/inbox.bob/events?access_token=" + ADA, Map.of()), 403, "access-denied");
		assertProblem(get("/api/topics/inbox.ada/events?access_token=" + EXPIRED, Map.of()), 401, "token-expired");
	}

	@Test
	void theQueryCountsForStreamsAloneAndIsNotRepeated() {
		HttpResponse<String> answer = get("/api/topics/chat.hall/publications?access_token=" + ADA, Map.of());
		HttpResponse<String> broken = get("/api/topics/a%2Fb/events?access_token=" + ADA, Map.of());

		assertProblem(answer, 403, "access-denied");
		assertThat(answer.body() + broken.body()).doesNotContain(ADA.substring(0, 20));
	}

	@Test
	void aCookieChangesNothingForAnotherSite() {
		Map<String, String> cookie = Map.of("Cookie", "token=" + ADA);
		String path = "/api/topics/chat.hall/publications";

		assertThat(get(path, cookie).statusCode()).isEqualTo(200);
		assertProblem(post(path, "x", cookie), 403, "access-denied");
		assertProblem(post(path, "x", with(cookie, "Origin", "https://evil.example")), 403, "origin-not-allowed");
		assertProblem(post(path, "x", with(cookie, "Sec-Fetch-Site", "cross-site")), 403, "origin-not-allowed");
		assertProblem(post(path, "x", with(cookie, "Origin", "null")), 403, "origin-not-allowed");
		assertThat(post(path, "x", with(cookie, "Origin", "http://localhost:" + this.port)).statusCode())
			.isEqualTo(201);
		assertThat(post(path, "x", with(cookie, "Sec-Fetch-Site", "same-origin")).statusCode()).isEqualTo(201);
		assertThat(post(path, "x", with(cookie, "Origin", "https://app.example")).statusCode()).as("an allowed origin")
			.isEqualTo(201);
	}

	@Test
	void whatIsNotForEveryoneIsAskedForEachTime() {
		Map<String, String> ada = Map.of("Authorization", "Bearer " + ADA);
		String closed = post("/api/topics/chat.hall/publications", "x", ada).headers()
			.firstValue("Location")
			.orElseThrow();

		var answer = get(closed, ada);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
		assertThat(
				get(closed, with(ada, "If-None-Match", answer.headers().firstValue("ETag").orElseThrow())).statusCode())
			.isEqualTo(304);
		assertThat(get(closed, Map.of("If-None-Match", answer.headers().firstValue("ETag").orElseThrow())).statusCode())
			.isEqualTo(403);
	}

	@Test
	void aKeyIsForTheHeaderAlone() {
		String path = "/api/topics/orders.1";
		Map<String, String> cookie = Map.of("Cookie", "token=" + ClosedServer.READ_KEY);

		assertProblem(get(path + "/publications", cookie), 401, "invalid-credentials");
		assertProblem(get(path + "/events?access_token=" + ClosedServer.READ_KEY, Map.of()), 401,
				"invalid-credentials");
	}

	@Test
	void anOldCookieDoesNotKeepThePageAway() {
		Map<String, String> old = Map.of("Cookie", "token=" + EXPIRED);

		assertThat(get("/", old).statusCode()).isEqualTo(200);
		assertProblem(get("/api/topics/public.a", old), 401, "token-expired");
	}

	@Test
	void anotherSchemeThanBearerIsNotForFanfare() {
		assertThat(get("/api/topics/public.a", Map.of("Authorization", "Basic YTpi")).statusCode()).isEqualTo(200);
	}

	private long standing(String topic) {
		return this.broker.state(new Caller.Application(), new TopicName(topic)).position().offset();
	}

	private StompClient connectAs(String user) {
		return connect(Map.of("passcode", Tokens.of(user, GRANTS)));
	}

	private StompClient connect(Map<String, String> headers) {
		return StompClient.connect(this.swarm, headers, Map.of());
	}

	private static Frame subscribe(StompClient client, String destination) {
		client.connected();
		return client.subscribing("s", Map.of("destination", destination), (frame) -> {
		}).join();
	}

	private static Frame send(StompClient client, String destination) {
		client.connected();
		return client.answered("SEND", Map.of("destination", destination), "x");
	}

	private static void assertDenied(Frame answer, String why) {
		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("access-denied");
		assertThat(answer.header("message")).contains(why);
	}

	private static Map<String, String> bearer(String token) {
		return Map.of("Authorization", "Bearer " + token);
	}

	private static Map<String, String> with(Map<String, String> headers, String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put(name, value);
		return all;
	}

	private HttpResponse<String> post(String path, String body, Map<String, String> headers) {
		return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> get(String path, Map<String, String> headers) {
		return send(request(path, headers));
	}

	private HttpRequest.Builder request(String path, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
		headers.forEach(request::header);
		return request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join();
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String type) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		JsonNode problem = JsonMapper.shared().readTree(answer.body());
		assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
		if (type != null) {
			assertThat(problem.path("type").asString("")).isEqualTo("urn:fanfare:problem:" + type);
		}
	}

	private static final class Ignoring implements Wire.Listener {

		@Override
		public void message(Wire wire, boolean text, ByteBuffer payload) {
		}

	}

}
