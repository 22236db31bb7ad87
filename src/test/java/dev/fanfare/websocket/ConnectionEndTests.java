package dev.fanfare.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Each connection ends with a reason that its client, the log and a counter are told. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "fanfare.stomp.heartbeat=500ms",
		"fanfare.stomp.connect-timeout=1s", "fanfare.websocket.keep-alive=300ms", "logging.level.dev.fanfare=debug" })
class ConnectionEndTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

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
	void aClientThatPromisedToBeatAndIsSilentIsClosed(CapturedOutput output) {
		double before = ended("heartbeat-missed");

		StompClient client = StompClient.connect(this.swarm, Map.of("heart-beat", "500,0"), Map.of());

		assertThat(client.connected().header("heart-beat")).isEqualTo("500,500");
		assertThat(client.closed()).isEqualTo(new Wire.Close(4002, "no heart-beat came in time"));
		isCountedAndLogged("heartbeat-missed", before, output);
	}

	@Test
	void aClientThatPromisedNothingMayBeSilent(CapturedOutput output) {
		double before = ended("heartbeat-missed");
		StompClient silent = StompClient.connect(this.swarm);
		silent.connected();
		StompClient other = StompClient.connect(this.swarm, Map.of("heart-beat", "500,0"), Map.of());

		other.closed();

		isCountedAndLogged("heartbeat-missed", before, output);
		assertThat(silent.answered("SEND", Map.of("destination", "/topic/news"), "x").command()).isEqualTo("RECEIPT");
	}

	@Test
	void aClientThatWantsBeatsGetsThem() {
		StompClient client = StompClient.connect(this.swarm, Map.of("heart-beat", "0,500"), Map.of());
		client.connected();

		Waiting.until("five beats have come", () -> client.beats().size() >= 6);

		assertThat(client.wire().closed()).isNotDone();
	}

	@Test
	void aConnectionThatNeverSaysConnectIsClosed(CapturedOutput output) {
		double before = ended("connect-timeout");

		StompClient client = StompClient.open(this.swarm);

		assertThat(client.closed()).isEqualTo(new Wire.Close(4001, "no CONNECT frame came in time"));
		isCountedAndLogged("connect-timeout", before, output);
	}

	@Test
	void aClientThatVanishesIsNoticed(CapturedOutput output) {
		double before = ended("connection-lost") + ended("websocket-error") + ended("closed-by-client-with-error");
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().vanish();

		Waiting.until("its end is counted", () -> ended("connection-lost") + ended("websocket-error")
				+ ended("closed-by-client-with-error") == before + 1);
		assertThat(output.toString()).containsPattern("DEBUG.*Connection \\S+ ended: ").doesNotContain("ERROR");
	}

	@Test
	void aClientThatDisconnectsIsClosedAsNormal(CapturedOutput output) {
		double before = ended("normal");
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		assertThat(client.answered("DISCONNECT", Map.of(), "").command()).isEqualTo("RECEIPT");

		assertThat(client.closed().code()).isEqualTo(1000);
		isCountedAndLogged("normal", before, output);
	}

	@Test
	void aClientThatClosesIsCountedAsThat(CapturedOutput output) {
		double before = ended("closed-by-client");
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().close(1000);

		assertThat(client.closed().code()).isEqualTo(1000);
		isCountedAndLogged("closed-by-client", before, output);
	}

	@Test
	void anOversizedMessageIsClosedWithItsCode(CapturedOutput output) {
		double before = ended("too-big");
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().send(new byte[300 * 1024]);

		assertThat(client.closed().code()).isEqualTo(1009);
		isCountedAndLogged("too-big", before, output);
	}

	@Test
	void aMessageIsOversizedAsTheConfigurationSays() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().send("\n".repeat(256 * 1024).getBytes(StandardCharsets.US_ASCII));
		client.wire().send(0x2, "\n".repeat(256 * 1024).getBytes(StandardCharsets.US_ASCII));

		assertThat(client.answered("SEND", Map.of("destination", "/topic/news"), "x").command()).isEqualTo("RECEIPT");
	}

	@Test
	void framesAreNotCompressed() {
		Map<String, String> offer = Map.of("Sec-WebSocket-Extensions", "permessage-deflate");

		StompClient client = StompClient.connect(this.swarm, Map.of(), offer);

		assertThat(client.wire().handshake().join().head()).doesNotContainIgnoringCase("permessage-deflate");
	}

	@Test
	void textThatIsNotUtf8IsClosedWithItsCode(CapturedOutput output) {
		double before = ended("not-utf8");
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.wire().send(new byte[] { 'S', (byte) 0xc3, (byte) 0x28 });

		assertThat(client.closed().code()).isEqualTo(1007);
		isCountedAndLogged("not-utf8", before, output);
	}

	private void isCountedAndLogged(String reason, double before, CapturedOutput output) {
		Waiting.until("the end is counted", () -> ended(reason) == before + 1);
		Waiting.until("the end is logged", () -> output.toString().contains(" ended: " + reason));
		assertThat(output.toString().lines().filter((line) -> line.contains(" ended: " + reason))).hasSize(1)
			.allMatch((line) -> line.contains("DEBUG"));
	}

	private double ended(String reason) {
		Counter counter = this.meters.find("fanfare.connections.closed").tag("reason", reason).counter();
		return (counter != null) ? counter.count() : 0;
	}

}
