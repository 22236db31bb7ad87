package dev.fanfare.security.origin;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Every answer tells browsers what not to do with it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SecurityHeadersTests {

	@LocalServerPort
	private int port;

	private HttpAsker server;

	@BeforeEach
	void connect() {
		this.server = new HttpAsker(this.port);
	}

	@ParameterizedTest
	@CsvSource({ "GET / HTTP/1.1, 200", "GET /api/docs HTTP/1.1, 200", "GET /api/topics HTTP/1.1, 200",
			"GET /actuator/health HTTP/1.1, 200", "GET /nowhere HTTP/1.1, 404", "GET /error HTTP/1.1, 500",
			"GET /api/topics/-x HTTP/1.1, 400", "POST /api/topics/a/publications HTTP/1.1, 400",
			"TRACE / HTTP/1.1, 405", "GET /%2F HTTP/1.1, 400", "GET /%zz HTTP/1.1, 400", "GET / HTTP/3.0, 505",
			"GET /a b HTTP/1.1, 400" })
	void nothingIsAPageThatRunsScripts(String request, int status) {
		String answer = this.server
			.sendRaw(request + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

		String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
		assertThat(head).startsWith("http/1.1 " + status + " ")
			.contains("\r\ncontent-security-policy: default-src 'none'")
			.contains("frame-ancestors 'none'")
			.contains("\r\nx-content-type-options: nosniff")
			.contains("\r\ncross-origin-resource-policy: same-origin")
			.doesNotContain("unsafe");
	}

	@ParameterizedTest
	@CsvSource({ "/ws, 101", "/nowhere, 404" })
	void norIsWhatAnswersAWebSocket(String path, int status) {
		try (Swarm swarm = new Swarm(this.port)) {
			var answer = swarm.open(path, Map.of(), (wire, text, payload) -> {
			}).handshake().orTimeout(10, TimeUnit.SECONDS).join();

			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.head()).containsIgnoringCase("X-Content-Type-Options: nosniff");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "image/svg+xml", "application/xhtml+xml", "text/html;charset=utf-7",
			"text/javascript", "text/xml", "multipart/x-mixed-replace;boundary=a", "x" })
	void whatSomebodyPublishedIsNoPageOfTheServers(String contentType) {
		String script = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
		String place = this.server.publish("scripts", contentType, script.getBytes()).header("Location");

		var answer = this.server.get(place);

		assertThat(answer.body()).isEqualTo(script);
		assertThat(answer.headers().allValues("Content-Security-Policy"))
			.containsExactly("default-src 'none'; sandbox; frame-ancestors 'none'");
		assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(answer.header("Content-Type")).isEqualToIgnoringCase(contentType);
	}

	@Test
	void thePageSaysWhatItNeedsAndNoMore() {
		var answer = this.server.get("/");

		assertThat(answer.headers().allValues("Content-Security-Policy")).singleElement()
			.asString()
			.contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
					"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
		assertThat(answer.body()).doesNotContainPattern("(?i)<script(?![^>]* src=)|<style|\\son\\w+=|\\sstyle=");
	}

	@Test
	void withoutTlsNobodyIsToldToUseIt() {
		assertThat(this.server.get("/").header("Strict-Transport-Security")).isEmpty();
	}

}
