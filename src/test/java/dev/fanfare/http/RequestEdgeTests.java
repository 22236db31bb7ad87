package dev.fanfare.http;

import java.net.http.HttpRequest.BodyPublishers;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What is odd about a request is answered as what it is. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RequestEdgeTests {

	@LocalServerPort
	private int port;

	private HttpAsker server;

	@BeforeEach
	void connect() {
		this.server = new HttpAsker(this.port);
	}

	@Test
	void numbersOfABatchKeepTheirDigits() {
		String json = "{\"a\":0.12345678901234567890123,\"b\":1E+999999}";
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient reader = StompClient.connect(swarm);
			reader.connected();
			reader.subscribe("1", "/topic/numbers");

			var answer = this.server.publishBatch("[{\"topic\":\"numbers\",\"json\":%s}]".formatted(json));

			assertThat(answer.status()).isEqualTo(201);
			Waiting.until("a message", () -> !reader.received().isEmpty());
			assertThat(reader.received().getFirst().body()).isEqualTo(json);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a\\nb", "a\\u0000b", "text/plain\\r" })
	void aContentTypeOfABatchThatIsNoneIsRefused(String contentType) {
		var answer = this.server
			.publishBatch("[{\"topic\":\"a\",\"text\":\"hi\",\"contentType\":\"%s\"}]".formatted(contentType));

		assertThat(answer.problem(400, "invalid-batch")).contains("Publication 1", "'contentType'", "text/plain");
	}

	@Test
	void aMissingParameterIsAProblemWithAType() {
		var answer = this.server.post("/send", "text/plain", BodyPublishers.noBody());

		assertThat(answer.problem(400, "invalid-request")).contains("'session'");
	}

	@Test
	void traceRepeatsNothing() {
		String answer = this.server.sendRaw("TRACE /api/topics/a/publications HTTP/1.1\r\nHost: localhost\r\n"
				+ "Connection: close\r\nAuthorization: secret\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 405 ").contains("method-not-allowed").doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void aFormOfAnyLengthIsRefusedWithoutWaitingForIt(String method) {
		String answer = this.server.sendRaw(method + " /api/topics/a HTTP/1.1\r\nHost: localhost\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000000000\r\n\r\na=b");

		assertThat(answer).startsWith("HTTP/1.1 405 ").contains("method-not-allowed");
	}

	@Test
	void aVersionThatIsNotSupportedIsTheClientsFault() {
		String answer = this.server.sendRaw("GET / HTTP/3.0\r\nHost: localhost\r\nConnection: close\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 505 ").contains("invalid-request").doesNotContain("its log");
	}

}
