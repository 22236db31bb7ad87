package dev.fanfare.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients of every kind hear one and the same broadcast. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.stomp.heartbeat=500ms")
@Tag("frontend")
class OneBroadcastTests {

	private static final String TEXT = "Hello to all of you, 大家好";

	@LocalServerPort
	private int port;

	private Process node;

	@AfterEach
	void endNode() {
		this.node.destroyForcibly();
	}

	@Test
	void stompjsSpringAndABareWebSocketHearOneAndTheSameBroadcast() throws Exception {
		BufferedReader stompjs = stompjs();
		BlockingQueue<String> bare = new LinkedBlockingQueue<>();
		try (SpringClient spring = new SpringClient(this.port, 0); HttpClient http = HttpClient.newHttpClient()) {
			WebSocket socket = bare(http, bare);
			List<SpringClient.Received> heardBySpring = spring.subscribe("/topic/broadcast", "auto", 10);

			assertThat(new HttpPublisher(this.port).post("/broadcast", "text/plain", TEXT).statusCode()).isEqualTo(200);

			assertThat(stompjs.readLine()).isEqualTo(TEXT);
			assertThat(bare.poll(60, TimeUnit.SECONDS)).isEqualTo(TEXT);
			Waiting.until("Spring's client hears it", () -> !heardBySpring.isEmpty());
			assertThat(heardBySpring).extracting(SpringClient.Received::text).containsExactly(TEXT);
			socket.abort();
		}
	}

	/** Start stompjs in Node and wait until it has subscribed. */
	private BufferedReader stompjs() throws IOException {
		this.node = new ProcessBuilder("node", "frontend/tests/one-reader.mjs",
				"ws://localhost:%d/ws".formatted(this.port), "/topic/broadcast")
			.redirectErrorStream(true)
			.start();
		BufferedReader output = this.node.inputReader(StandardCharsets.UTF_8);
		assertThat(output.readLine()).isEqualTo("subscribed");
		return output;
	}

	/**
	 * Open a bare WebSocket and wait for an echo, so that it is known to be connected.
	 */
	private WebSocket bare(HttpClient http, BlockingQueue<String> heard) throws InterruptedException {
		WebSocket socket = http.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:%d/".formatted(this.port)), new WebSocket.Listener() {

				@Override
				public CompletionStage<?> onText(WebSocket same, CharSequence text, boolean last) {
					heard.add(text.toString());
					same.request(1);
					return null;
				}

			})
			.join();
		socket.sendText("echo", true).join();
		assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("echo");
		return socket;
	}

}
