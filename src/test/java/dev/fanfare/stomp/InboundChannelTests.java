package dev.fanfare.stomp;

import java.util.Map;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers that Spring's messages cannot have are the client's mistake, and said to be.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InboundChannelTests {

	@LocalServerPort
	private int port;

	private Swarm swarm;

	private StompClient client;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
		this.client = StompClient.connect(this.swarm);
		this.client.connected();
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "text", "text/", "text/plain;charset=nowhere", "a/b/c" })
	void aContentTypeThatIsNoneIsRefused(String type) {
		Frame answer = this.client.answered("SEND", Map.of("destination", "/topic/a", "content-type", type), "x");

		isRefused(answer, type);
	}

	@Test
	void aContentTypeThatIsNoneDoesNotGetIntoATransaction() {
		this.client.answered("BEGIN", Map.of("transaction", "t"), "");

		Frame answer = this.client.answered("SEND",
				Map.of("destination", "/app/send", "transaction", "t", "content-type", "nonsense"), "x");

		isRefused(answer, "nonsense");
	}

	private void isRefused(Frame answer, String type) {
		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("invalid-header");
		assertThat(answer.body()).isEqualTo("content-type is '%s': it must be a media type such as text/plain.", type);
		assertThat(this.client.closed().code()).isEqualTo(1002);
	}

}
