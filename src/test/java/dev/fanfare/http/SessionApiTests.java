package dev.fanfare.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What an operator sees of sessions and does to them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.operate=everyone", "fanfare.sse.heartbeat=500ms" })
class SessionApiTests {

	private HttpAsker server;

	private Swarm swarm;

	private int port;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.port = port;
		this.server = new HttpAsker(port);
		this.swarm = new Swarm(port);
	}

	@AfterEach
	void disconnect() {
		this.swarm.close();
		Waiting.until("all sessions have ended", () -> this.server.get("/api/sessions").json().isEmpty());
	}

	@Test
	void aSessionSaysWhatItIsAndWhatItIsSubscribedTo() {
		StompClient ann = client("ann").subscribe("1", "/topic/seen").subscribe("2", "/user/queue/notices");
		this.server.publish("seen", "x");
		Waiting.until("the message", () -> ann.received().size() == 1);

		JsonNode session = this.server.get("/api/sessions/" + id(ann)).json();

		assertThat(session.path("kind").stringValue()).isEqualTo("stomp");
		assertThat(session.path("version").stringValue()).isEqualTo("1.2");
		assertThat(session.path("user").stringValue()).isEqualTo("ann");
		assertThat(session.path("address").stringValue()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
		assertThat(session.path("userAgent").stringValue()).isEqualTo("tester");
		assertThat(session.path("since").longValue()).isCloseTo(System.currentTimeMillis(), within(60_000L));
		assertThat(session.path("receivedMessages").longValue()).isEqualTo(3);
		assertThat(session.path("receivedBytes").longValue()).isPositive();
		assertThat(session.path("sentMessages").longValue()).isGreaterThanOrEqualTo(4);
		assertThat(session.path("sentBytes").longValue()).isPositive();
		assertThat(session.path("unsentBytes").longValue()).isZero();
		JsonNode topic = subscription(session, "1");
		assertThat(topic.path("destination").stringValue()).isEqualTo("/topic/seen");
		assertThat(topic.path("position").stringValue()).isEqualTo(ann.received().getFirst().header("message-id"));
		assertThat(topic.path("behind").longValue()).isZero();
		assertThat(subscription(session, "2").path("destination").stringValue()).isEqualTo("/user/queue/notices");
		assertThat(subscription(session, "2").has("position")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "100%", "a b&user=c", "../x", "a;v=1" })
	void usersAreReachedWhateverTheirName(String user) {
		StompClient client = client(user).subscribe("1", "/user/queue/notices");
		String query = "?user=" + URLEncoder.encode(user, StandardCharsets.UTF_8);

		var sent = this.server.post("/api/users/messages" + query + "&destination=/queue/notices", "text/plain",
				BodyPublishers.ofString("hi"));
		Waiting.until("the message", () -> client.received().size() == 1);
		var ended = this.server.delete("/api/sessions" + query);

		assertThat(sent.json().path("user").stringValue()).isEqualTo(user);
		assertThat(ended.json().path("sessions").intValue()).isOne();
		assertThat(client.closed().code()).isEqualTo(4010);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?user=", "?user=%20" })
	void nothingIsDoneToAllForWantOfAName(String query) {
		StompClient ann = client("ann");

		assertThat(this.server.delete("/api/sessions" + query)
			.problem(400, query.isEmpty() ? "invalid-request" : "invalid-parameter")).contains("'user'");
		ann.ping().join();
	}

	@Test
	void sessionsOfAllKindsAreListedAndFiltered() throws Exception {
		client("ann").subscribe("1", "/topic/wanted");
		client("bob").subscribe("1", "/topic/other");
		Wire bare = this.swarm.open("/", Map.of(), (wire, text, payload) -> {
		});
		bare.handshake().get();
		try (EventClient events = EventClient.open(this.port, "/api/topics/wanted/events", Map.of())) {
			assertThat(events.head().status()).isEqualTo(200);

			assertThat(kinds("")).containsExactlyInAnyOrder("stomp", "stomp", "websocket", "sse");
			assertThat(kinds("?kind=sse")).containsExactly("sse");
			assertThat(kinds("?kind=websocket")).containsExactly("websocket");
			assertThat(kinds("?user=ann")).containsExactly("stomp");
			assertThat(kinds("?user=eve")).isEmpty();
			assertThat(kinds("?topic=wanted")).containsExactlyInAnyOrder("stomp", "sse");
			assertThat(kinds("?topic=wanted&kind=stomp&user=bob")).isEmpty();
			assertThat(kinds("?address=192.0.2.1")).isEmpty();
			String own = this.server.get("/api/sessions?user=ann").json().path(0).path("address").stringValue();
			assertThat(kinds("?user=ann&address=" + own)).containsExactly("stomp");
		}
	}

	@Test
	void sessionsAreListedPageByPageAlongTheLinks() {
		List<String> ids = IntStream.range(0, 5).mapToObj((each) -> id(client("many"))).sorted().toList();
		client("another");

		List<String> found = new ArrayList<>();
		String path = "/api/sessions?user=many&limit=2";
		while (!path.isEmpty()) {
			var answer = this.server.get(path);
			assertThat(answer.json()).hasSizeLessThanOrEqualTo(2);
			answer.json().forEach((session) -> found.add(session.path("id").stringValue()));
			String link = answer.header("link");
			path = link.isEmpty() ? "" : URI.create(path).resolve(link.substring(1, link.indexOf('>'))).toString();
		}

		assertThat(found).containsExactlyElementsOf(ids);
	}

	@Test
	void aSessionIsEndedWithTheCodeAndTheReasonThatAreAskedFor() {
		StompClient ann = client("ann");

		assertThat(this.server.delete("/api/sessions/%s?code=4123&reason=go%%20away".formatted(id(ann))).status())
			.isEqualTo(204);

		assertThat(ann.closed()).isEqualTo(new Wire.Close(4123, "go away"));
		Waiting.until("it is gone", () -> this.server.get("/api/sessions/" + id(ann)).status() == 404);
	}

	@Test
	void withoutACodeASessionIsEndedByAnOperator() {
		StompClient ann = client("ann");

		this.server.delete("/api/sessions/" + id(ann));

		assertThat(ann.closed()).isEqualTo(new Wire.Close(4010, "closed by an operator"));
	}

	@Test
	void aStreamOfEventsIsEndedToo() {
		try (EventClient events = EventClient.open(this.port, "/api/topics/ended/events", Map.of())) {
			assertThat(events.head().status()).isEqualTo(200);
			String id = this.server.get("/api/sessions?kind=sse").json().path(0).path("id").stringValue();

			assertThat(this.server.delete("/api/sessions/" + id).status()).isEqualTo(204);

			assertThat(events.ended().join()).isTrue();
		}
	}

	@Test
	void aStreamOfAUserIsListedUnderItsUserAndEndedWithIt() {
		try (EventClient events = EventClient.open(this.port, "/api/topics/ended/events",
				Map.of("X-User", "ann", "User-Agent", "tester"))) {
			assertThat(events.head().status()).isEqualTo(200);
			JsonNode session = this.server.get("/api/sessions?user=ann").json().path(0);

			assertThat(session.path("kind").stringValue()).isEqualTo("sse");
			assertThat(session.path("user").stringValue()).isEqualTo("ann");
			assertThat(session.path("userAgent").stringValue()).isEqualTo("tester");
			assertThat(this.server.delete("/api/sessions?user=ann").json().path("sessions").intValue()).isEqualTo(1);
			assertThat(events.ended().join()).isTrue();
		}
	}

	@Test
	void allSessionsOfAUserAreEndedAndNoOther() {
		StompClient one = client("ann");
		StompClient two = client("ann");
		StompClient bob = client("bob");

		JsonNode answer = this.server.delete("/api/sessions?user=ann&code=1008").json();

		assertThat(answer.toString()).isEqualTo("{\"user\":\"ann\",\"sessions\":2}");
		assertThat(one.closed().code()).isEqualTo(1008);
		assertThat(two.closed().code()).isEqualTo(1008);
		bob.ping().join();
		assertThat(this.server.delete("/api/sessions?user=nobody").json().path("sessions").intValue()).isZero();
	}

	@Test
	void aSessionIsSubscribedByTheServerAndHearsWhatIsPublished() {
		StompClient ann = client("ann");
		String path = "/api/sessions/%s/subscriptions/pushed".formatted(id(ann));

		assertThat(this.server.put(path).status()).isEqualTo(204);
		assertThat(this.server.put(path).status()).isEqualTo(204);
		this.server.publish("pushed", "hi");

		Waiting.until("the message", () -> !ann.received().isEmpty());
		assertThat(ann.received().getFirst().header("subscription")).isEqualTo("server:pushed");
		assertThat(ann.received().getFirst().header("destination")).isEqualTo("/topic/pushed");
		assertThat(ann.received().getFirst().body()).isEqualTo("hi");
		assertThat(this.server.delete(path).status()).isEqualTo(204);
		this.server.publish("pushed", "unheard");
		ann.ping().join();
		assertThat(ann.received()).hasSize(1);
		assertThat(this.server.delete(path).problem(404, "unknown-subscription")).contains("'pushed'");
	}

	@Test
	void aClientCanEndWhatTheServerSubscribedItTo() {
		StompClient ann = client("ann");
		this.server.put("/api/sessions/%s/subscriptions/pushed".formatted(id(ann)));

		ann.answered("UNSUBSCRIBE", Map.of("id", "server:pushed"), "");

		assertThat(this.server.get("/api/sessions/" + id(ann)).json().path("subscriptions")).isEmpty();
	}

	@Test
	void theServerEndsWhatAClientSubscribedTo() {
		StompClient ann = client("ann").subscribe("1", "/topic/own");

		assertThat(this.server.delete("/api/sessions/%s/subscriptions/own".formatted(id(ann))).status()).isEqualTo(204);

		this.server.publish("own", "unheard");
		ann.ping().join();
		assertThat(ann.received()).isEmpty();
	}

	@Test
	void whoHasNotConnectedYetIsNotSubscribed() throws Exception {
		StompClient silent = StompClient.open(this.swarm);
		silent.wire().handshake().get();
		String id = this.server.get("/api/sessions?kind=stomp").json().path(0).path("id").stringValue();

		assertThat(this.server.put("/api/sessions/%s/subscriptions/a".formatted(id)).problem(400, "not-connected"))
			.contains(id, "CONNECT");
		assertThat(this.server.get("/api/sessions/" + id).json().has("version")).isFalse();
	}

	@Test
	void whatASessionOfAnotherKindHearsIsFixed() throws Exception {
		this.swarm.open("/", Map.of(), (wire, text, payload) -> {
		}).handshake().get();
		String id = this.server.get("/api/sessions?kind=websocket").json().path(0).path("id").stringValue();

		assertThat(this.server.put("/api/sessions/%s/subscriptions/a".formatted(id)).problem(400, "invalid-request"))
			.contains("'websocket'", "'stomp'");
	}

	@Test
	void aMessageReachesThoseSessionsOfAUserThatListen() {
		StompClient one = client("ann").subscribe("1", "/user/queue/notices");
		StompClient two = client("ann").subscribe("1", "/user/queue/notices");
		client("ann");
		StompClient bob = client("bob").subscribe("1", "/user/queue/notices");

		var answer = this.server.post("/api/users/messages?user=ann&destination=/queue/notices", "text/plain",
				BodyPublishers.ofString("hello"));

		assertThat(answer.json().toString()).isEqualTo("{\"user\":\"ann\",\"sessions\":2}");
		Waiting.until("the messages", () -> one.received().size() == 1 && two.received().size() == 1);
		assertThat(one.received().getFirst().body()).isEqualTo("hello");
		assertThat(one.received().getFirst().header("content-type")).startsWith("text/plain");
		assertThat(one.received().getFirst().header("destination")).isEqualTo("/user/queue/notices");
		bob.ping().join();
		assertThat(bob.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "999", "1001", "1005", "1006", "1015", "3000", "3999", "5000", "x", "4010.5" })
	void aCodeThatAServerMayNotSendIsRefused(String code) {
		assertThat(this.server.delete("/api/sessions/x?code=" + code).problem(400, "invalid-parameter"))
			.contains("'code' is '" + code + "'", "4000 to 4999");
	}

	@Test
	void whatCannotBeIsNamedAndWhatWouldBeRight() {
		assertThat(this.server.delete("/api/sessions/x?reason=" + "ä".repeat(62).replace("ä", "%C3%A4"))
			.problem(400, "invalid-parameter")).contains("'reason'", "123 bytes", "124");
		assertThat(this.server.get("/api/sessions/no-such").problem(404, "unknown-session")).contains("'no-such'");
		assertThat(this.server.get("/api/sessions?kind=tcp").problem(400, "invalid-parameter")).contains("'tcp'",
				"stomp, websocket, sse");
		assertThat(this.server.get("/api/sessions?limit=0").problem(400, "invalid-parameter")).contains("'0'");
		assertThat(this.server.get("/api/sessions?topic=a%20b").problem(400, "invalid-topic-name")).contains("'a b'");
		assertThat(this.server.put("/api/sessions/x/subscriptions/a%20b").problem(400, "invalid-topic-name"))
			.contains("'a b'");
		assertThat(this.server
			.post("/api/users/messages?user=ann&destination=/topic/a", "text/plain", BodyPublishers.ofString("x"))
			.problem(400, "invalid-parameter")).contains("'/topic/a'", "/queue/");
		assertThat(this.server.post("/api/users/messages?user=ann", "text/plain", BodyPublishers.noBody())
			.problem(400, "empty-body")).isNotEmpty();
	}

	@Test
	void theNodeSaysWhatItIsAndHasToDo() {
		client("ann").subscribe("1", "/topic/seen");

		JsonNode node = this.server.get("/api/node").json();

		assertThat(node.path("state").stringValue()).isEqualTo("accepting");
		assertThat(node.path("version").stringValue()).isNotEmpty();
		assertThat(node.path("uptime").stringValue()).startsWith("PT");
		assertThat(node.path("sessions").intValue()).isEqualTo(1);
		assertThat(node.path("subscriptions").intValue()).isEqualTo(1);
		assertThat(node.path("subscribedTopics").intValue()).isEqualTo(1);
		assertThat(node.path("lanes").intValue()).isPositive();
		assertThat(node.path("intakeLimit").longValue()).isPositive();
		assertThat(node.path("maxPayload").longValue()).isEqualTo(65_536);
	}

	private StompClient client(String user) {
		StompClient client = StompClient.connect(this.swarm, Map.of(), Map.of("X-User", user, "User-Agent", "tester"));
		client.connected();
		return client;
	}

	private static String id(StompClient client) {
		return client.connected().header("session");
	}

	private List<String> kinds(String query) {
		List<String> kinds = new ArrayList<>();
		this.server.get("/api/sessions" + query)
			.json()
			.forEach((session) -> kinds.add(session.path("kind").stringValue()));
		return kinds;
	}

	private static JsonNode subscription(JsonNode session, String id) {
		for (JsonNode each : session.path("subscriptions")) {
			if (each.path("id").stringValue().equals(id)) {
				return each;
			}
		}
		throw new AssertionError("No subscription " + id + " in " + session);
	}

	@TestConfiguration
	static class Users {

		/** Take a client's word for who it is. */
		@Bean
		static FilterRegistrationBean<Filter> users() {
			var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
				String name = ((HttpServletRequest) request).getHeader("X-User");
				Principal user = (name != null) ? () -> name : null;
				chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

					@Override
					public Principal getUserPrincipal() {
						return user;
					}

				}, response);
			});
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			registration.setAsyncSupported(true);
			return registration;
		}

	}

}
