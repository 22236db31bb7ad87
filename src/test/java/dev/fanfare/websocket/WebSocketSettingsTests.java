package dev.fanfare.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What is set for WebSockets holds for those that clients open. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class WebSocketSettingsTests {

	private static final int MAX_PAYLOAD = 64 * 1024;

	private static final int MAX_MESSAGE = 256 * 1024;

	private Swarm swarm;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.swarm = new Swarm(port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void thePayloadThatIsAllowedFitsInAMessage() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		var answer = client.answered("SEND", Map.of("destination", "/topic/large"), "x".repeat(MAX_PAYLOAD));

		assertThat(answer.command()).isEqualTo("RECEIPT");
	}

	@Test
	void aMessageMayHaveAsManyBytesAsIsSetAndNotOneMore() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().send("\n".repeat(MAX_MESSAGE).getBytes(StandardCharsets.UTF_8));

		assertThat(client.answered("SEND", Map.of("destination", "/topic/large"), "x").command()).isEqualTo("RECEIPT");

		client.wire().send("\n".repeat(MAX_MESSAGE + 1).getBytes(StandardCharsets.UTF_8));

		assertThat(client.closed()).extracting(Wire.Close::code).isEqualTo(1009);
	}

	@Test
	void framesAreNotCompressedForEachReader() {
		var client = StompClient.connect(this.swarm, Map.of(),
				Map.of("Sec-WebSocket-Extensions", "permessage-deflate"));

		var handshake = client.wire().handshake().orTimeout(10, TimeUnit.SECONDS).join();

		assertThat(handshake.status()).isEqualTo(101);
		assertThat(handshake.head()).doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
	}

}
