package dev.fanfare.attack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What a publisher puts into headers stays in them, whatever way it goes out again. */
@SmallLimits
class HeaderInjectionTests {

	@LocalServerPort
	private int port;

	private Attack attack;

	@BeforeEach
	void begin() {
		this.attack = new Attack(this.port);
	}

	@AfterEach
	void end() {
		this.attack.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain\\r\\n\\r\\nevil: 1", "text/plain\\nevil: 1\\n\\ndata: evil",
			"text/plain\\revil: 1", "text/plain\\nid: 0:9\\nevent: evil" })
	void aContentTypeEndsNoLineOfAStreamOrAnAnswer(String contentType) throws Exception {
		StompClient client = this.attack.client();
		Frame receipt = client.answered("SEND", Map.of("destination", "/topic/injected", "content-type", contentType),
				"x");
		String position = receipt.header("position").replace("\\c", ":");

		String answer = this.attack.raw("GET /api/topics/injected/publications/%s HTTP/1.1\r\nHost: h\r\n%s\r\n"
			.formatted(position, "Connection: close\r\n"));
		String stream = stream("injected");

		assertThat(answer).startsWith("HTTP/1.1 200");
		assertThat(answer).endsWith("\r\n\r\nx");
		assertThat(lines(answer)).noneMatch((line) -> line.startsWith("evil") || line.startsWith("id:"));
		assertThat(stream).contains("id: " + position);
		assertThat(lines(stream)).noneMatch((line) -> line.startsWith("evil") || line.startsWith("event: evil")
				|| line.startsWith("data: evil") || line.startsWith("id: 0:9"));
	}

	@Test
	void aHeaderEndsNoLineOfAMessageInAnyVersion() {
		Map<String, StompClient> readers = new LinkedHashMap<>();
		for (String version : new String[] { "1.0", "1.1", "1.2" }) {
			StompClient reader = StompClient.connect(this.attack.attackers(), Map.of("accept-version", version),
					Map.of());
			reader.connected();
			readers.put(version, reader.subscribe("s", "/topic/passed"));
		}
		StompClient client = this.attack.client();

		assertThat(
				client
					.answered("SEND",
							Map.of("destination", "/topic/passed", "note", "a\\nmessage-id:e\\c9\\r\\n\\nbody",
									"na\\nme", "v", "subscription", "other"),
							"x")
					.command())
			.isEqualTo("RECEIPT");

		readers.forEach((version, reader) -> {
			Waiting.until("it has come to " + version, () -> !reader.received().isEmpty());
			Frame message = reader.received().getFirst();
			assertThat(message.body()).as(version).isEqualTo("x");
			assertThat(message.header("subscription")).isEqualTo("s");
			assertThat(message.header("message-id")).doesNotStartWith("e:9");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\\nb", "a b", "a/b", "../a", "a%0d%0aSet-Cookie", "a\\cb\\r\\n" })
	void aTopicIsNoPlaceForThem(String topic) {
		StompClient client = this.attack.client();

		Frame refused = client.answered("SEND", Map.of("destination", "/topic/" + topic), "x");

		assertThat(refused.command()).isEqualTo("ERROR");
		assertThat(refused.header("type")).isIn("invalid-topic-name", "unknown-destination");
	}

	@Test
	void anAnswerSaysNoLocationThatWasNotAsked() throws Exception {
		String answer = this.attack.raw("POST /api/topics/a%0d%0aevil:1/publications HTTP/1.1\r\nHost: h\r\n"
				+ "Connection: close\r\nContent-Length: 1\r\n\r\nx");

		assertThat(answer).startsWith("HTTP/1.1 400");
		assertThat(answer.lines()).noneMatch((line) -> line.startsWith("evil"));
	}

	private static List<String> lines(String text) {
		return List.of(text.split("\r\n|\r|\n"));
	}

	/**
	 * Read a stream of all that the topic keeps until what was published last has come.
	 */
	private String stream(String topic) throws Exception {
		try (var socket = this.attack.socket()) {
			socket.getOutputStream()
				.write("GET /api/topics/%s/events?replay=last=1 HTTP/1.0\r\nHost: h\r\n\r\n".formatted(topic)
					.getBytes());
			StringBuilder all = new StringBuilder();
			while (!all.toString().endsWith("data: x\n\n")) {
				int next = socket.getInputStream().read();
				assertThat(next).as("the stream goes on after '%s'", all).isNotNegative();
				all.append((char) next);
			}
			return all.toString();
		}
	}

}
