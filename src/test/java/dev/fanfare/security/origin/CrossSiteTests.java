package dev.fanfare.security.origin;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.http.Answer;
import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.WireReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of foreign origins are refused, those of allowed ones are served, on every way
 * in.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.allowed-origins=https://app.example,http://[::1]:3000",
				"fanfare.access.allowed-hosts=fanfare.example", "server.forward-headers-strategy=framework",
				"management.server.port=0", "management.endpoints.web.exposure.include=health,backup" })
class CrossSiteTests {

	private static final String APP = "https://app.example";

	private static final String EVIL = "https://evil.example";

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	private HttpAsker server;

	@BeforeEach
	void connect() {
		this.server = new HttpAsker(this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "", "file://", "https://app.example.evil.example",
			"https://app.example:444", "http://app.example", "https://app.example@evil.example",
			"https://evil.example/https://app.example", "http://localhost", "http://localhost:PORT.evil.example",
			"http://localhost:PORT@evil.example", "http://127.0.0.1:PORT" })
	void aHandshakeOfAForeignPageIsRefused(String origin) {
		WireReader.Handshake answer = handshake("/ws", Map.of("Origin", origin.replace("PORT", "" + this.port)));

		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.head()).contains("application/problem+json")
			.doesNotContainIgnoringCase("Access-Control-Allow-Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/send", "/broadcast", "/nowhere" })
	void soItIsOnEveryPath(String path) {
		assertThat(handshake(path, Map.of("Origin", EVIL)).status()).isEqualTo(403);
		assertThat(handshake(path, Map.of("Sec-Fetch-Site", "cross-site")).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "HTTPS://APP.EXAMPLE", "https://app.example:443",
			"http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000", "http://localhost:PORT", "HTTP://LocalHost:PORT" })
	void aHandshakeOfAnAllowedOrOwnPageIsAnswered(String origin) {
		assertThat(handshake("/ws", Map.of("Origin", origin.replace("PORT", "" + this.port))).status()).isEqualTo(101);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/topics/crossed/publications, text/plain",
			"POST, /api/topics/%63rossed/publications, text/plain", "POST, /api/publications, text/plain",
			"POST, /broadcast, application/x-www-form-urlencoded", "POST, /send?session=x, text/plain",
			"DELETE, /api/topics/crossed/publications, text/plain", "PUT, /api/topics/crossed/publications, text/plain",
			"POST, /nowhere, multipart/form-data",
			"DELETE, /api/durable-subscriptions?owner=client:a&name=b, text/plain" })
	void whatAForeignPageWantsToChangeStays(String method, String path, String contentType) {
		for (Map<String, String> page : new Map[] { Map.of("Origin", EVIL), Map.of("Origin", "null"),
				Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"),
				Map.of("Origin", EVIL, "Sec-Fetch-Site", "cross-site", "Cookie", "token=of-a-user") }) {
			var answer = send(method, path, page, contentType, "[{\"topic\":\"crossed\",\"text\":\"forged\"}]");

			assertThat(answer.problem(403, "origin-not-allowed")).contains("fanfare.access.allowed-origins");
			assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
		}
		assertThat(this.server.get("/api/topics/crossed").json().path("position").asString("")).endsWith(":0");
	}

	@Test
	void aForeignPageCannotReadWhatALinkWouldShow() {
		var answer = send("GET", "/api/topics", Map.of("Origin", EVIL), null, null);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers().map().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
		assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
		assertThat(answer.header("Vary")).contains("Origin");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/topics/shared/publications", "POST, /api/publications",
			"GET, /api/topics/shared/publications", "DELETE, /api/topics/shared/publications",
			"GET, /api/topics/shared/events", "POST, /broadcast" })
	void anAllowedPageMayAskFirst(String method, String path) {
		var answer = send(
				"OPTIONS", path, Map.of("Origin", APP, "Access-Control-Request-Method", method,
						"Access-Control-Request-Headers", "authorization,content-type,idempotency-key,last-event-id"),
				null, null);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(APP);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(answer.header("Access-Control-Allow-Methods")).contains(method);
		assertThat(answer.header("Access-Control-Allow-Headers")).contains("authorization", "content-type",
				"idempotency-key", "last-event-id");
		assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("3600");
		assertThat(answer.headers().allValues("Vary")).anyMatch((vary) -> vary.contains("Origin"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/topics/shared/publications", "/api/topics/shared/events", "/assets/stomp.js" })
	void aForeignPageAsksInVain(String path) {
		var answer = send("OPTIONS", path,
				Map.of("Origin", EVIL, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "x"),
				null, null);

		answer.problem(403, "origin-not-allowed");
		assertThat(answer.headers().map().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/topics/shared/publications, hi, 201", "POST, /api/topics/%73hared/publications, hi, 201",
			"POST, /api/publications, '[{\"topic\":\"shared\",\"text\":\"hi\"}]', 201",
			"GET, /api/topics/shared/publications, , 200", "GET, /api/topics/shared, , 200",
			"POST, /broadcast, hi, 200", "GET, /api/docs, , 200", "POST, /api/topics/shared/publications, '', 400",
			"POST, /api/topics/-shared/publications, hi, 400", "POST, /api/publications, {, 400",
			"GET, /api/topics/shared/publications/0:1, , 404", "GET, /nowhere, , 404",
			"PATCH, /api/topics/shared/publications, hi, 405",
			"GET, /api/topics/shared/publications?after=00000000:7, , 410",
			"GET, /api/topics/shared/events?last-event-id=00000000:7&if-lost=error, , 410" })
	void anAllowedPageReadsEveryAnswer(String method, String path, String body, int status) {
		var answer = send(method, path, Map.of("Origin", APP), (body != null) ? "application/json" : null, body);

		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		isReadable(answer);
	}

	@Test
	void anAllowedPageReadsThatABodyIsTooLarge() {
		var answer = send("POST", "/api/topics/shared/publications", Map.of("Origin", APP), "text/plain",
				"x".repeat(64 * 1024 + 1));

		answer.problem(413, "payload-too-large");
		isReadable(answer);
	}

	@Test
	void anAllowedPageListens() {
		try (EventClient events = EventClient.open(this.port, "/api/topics/shared/events", Map.of("Origin", APP))) {
			assertThat(events.head().headers()).containsIgnoringCase("Access-Control-Allow-Origin: " + APP)
				.containsIgnoringCase("Access-Control-Allow-Credentials: true");
		}
	}

	@Test
	void anAllowedPageReadsWhyThereIsNoWebSocket() {
		WireReader.Handshake answer = handshake("/nowhere", Map.of("Origin", APP));

		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.head()).contains("Access-Control-Allow-Origin: " + APP);
	}

	@Test
	void aBackEndIsNoPage() {
		assertThat(send("POST", "/api/topics/shared/publications", Map.of(), "text/plain", "hi").status())
			.isEqualTo(201);
		assertThat(send("POST", "/api/topics/shared/publications", Map.of("Sec-Fetch-Site", "same-origin"),
				"text/plain", "hi")
			.status()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource({ "localhost, 200", "127.0.0.1, 200", "[::1], 200", "fanfare.example:8080, 200", "FANFARE.example, 200",
			"evil.example, 403", "fanfare.example.evil.example, 403", "localhost.evil.example, 403" })
	void onlyItsOwnNamesAreAnswered(String host, int status) {
		String answer = this.server
			.sendRaw("GET /api/topics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
		assertThat(answer.contains("urn:fanfare:problem:host-not-allowed")).isEqualTo(status == 403);
	}

	@Test
	void managementOnAPortOfItsOwnIsCheckedToo() {
		this.server = new HttpAsker(this.managementPort);

		var forged = send("POST", "/actuator/backup", Map.of("Origin", EVIL), "application/json", "{}");
		String rebound = this.server
			.sendRaw("GET /actuator/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
		var probe = this.server.get("/actuator/health");

		forged.problem(403, "origin-not-allowed");
		assertThat(rebound).startsWith("HTTP/1.1 403 ");
		assertThat(probe.status()).isEqualTo(200);
		assertThat(probe.header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@Test
	void whatAProxySaysIsTheServersName() {
		Map<String, String> proxied = Map.of("Origin", "https://fanfare.example", "X-Forwarded-Proto", "https",
				"X-Forwarded-Host", "fanfare.example");

		assertThat(handshake("/ws", proxied).status()).isEqualTo(101);
		var answer = send("POST", "/api/topics/proxied/publications", proxied, "text/plain", "hi");
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
		assertThat(send("GET", "/?lang=en", proxied, null, null).header("Set-Cookie")).contains("; Secure",
				"; HttpOnly", "; SameSite=Lax");
	}

	@Test
	void withoutTlsACookieIsOfTheHostAllTheSame() {
		assertThat(send("GET", "/?lang=en", Map.of(), null, null).header("Set-Cookie"))
			.contains("; HttpOnly", "; SameSite=Lax")
			.doesNotContain("Secure");
	}

	private static void isReadable(Answer answer) {
		assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(APP);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(answer.header("Access-Control-Expose-Headers")).contains("Location", "Retry-After", "Link",
				"Fanfare-Position");
		assertThat(answer.headers().allValues("Vary")).anyMatch((vary) -> vary.contains("Origin"));
	}

	private Answer send(String method, String path, Map<String, String> headers, String contentType, String body) {
		HttpRequest.Builder request = this.server.request(path)
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		headers.forEach(request::header);
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		return this.server.send(request);
	}

	private WireReader.Handshake handshake(String path, Map<String, String> headers) {
		try (Swarm swarm = new Swarm(this.port)) {
			return swarm.open(path, headers, (wire, text, payload) -> {
			}).handshake().orTimeout(10, TimeUnit.SECONDS).join();
		}
	}

}
