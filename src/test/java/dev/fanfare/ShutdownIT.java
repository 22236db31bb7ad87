package dev.fanfare;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Storm;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that is told to stop lets nobody down. */
class ShutdownIT {

	private static final Duration GRACE = Duration.ofSeconds(25);

	@Test
	void everyClientIsToldAndWhatWasAcceptedIsDeliveredFirst() throws InterruptedException {
		try (var server = ServerProcess.start("192m", "fanfare.websocket.drain.period=0s");
				var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("news");
			List<StompClient> audience = Audience.of(100, swarm, topic);
			Wire bare = swarm.open("/", Map.of(), (wire, text, payload) -> {
			});
			bare.handshake().join();
			var storm = new Storm(server.port(), swarm).whileServed()
				.stomp(2, () -> topic, 2048)
				.http(4, () -> topic, 2048);
			Waiting.until("publications are on their way", () -> topic.acceptedCount() > 500);

			server.terminate();

			assertThat(server.exitCode(GRACE)).isZero();
			assertThat(audience).extracting(StompClient::closed).extracting(Wire.Close::code).containsOnly(1012);
			assertThat(bare.closed().join().code()).isEqualTo(1012);
			storm.stop();
			assertThat(topic.faults()).isEmpty();
		}
	}

	@Test
	void aReaderWhoIsStuckDoesNotKeepTheServerFromEnding() {
		try (var server = ServerProcess.start("192m", "fanfare.websocket.shutdown-timeout=3s");
				var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("news");
			var missed = new TopicRecord("news");
			List<StompClient> audience = Audience.of(10, swarm, topic);
			StompClient stuck = Audience.of(1, swarm, missed).getFirst();
			stuck.wire().stopReading();
			var http = new HttpPublisher(server.port());
			for (int number = 0; number < 50; number++) {
				assertThat(http.publish(topic, 16 * 1024).statusCode()).isEqualTo(201);
			}

			server.terminate();

			assertThat(server.exitCode(GRACE)).isZero();
			assertThat(audience).extracting(StompClient::closed).extracting(Wire.Close::code).containsOnly(1012);
			assertThat(topic.faults()).isEmpty();
			assertThat(topic.isComplete()).isTrue();
		}
	}

	@Test
	void theOnlyReaderIsGivenUpWhenItIsStuckAndTheServerEndsLongBeforeItsTimeout() {
		try (var server = ServerProcess.start("192m", "fanfare.websocket.shutdown-timeout=60s",
				"spring.lifecycle.timeout-per-shutdown-phase=70s", "fanfare.websocket.patience=200ms",
				"fanfare.http.patience=500ms", "fanfare.websocket.close-timeout=500ms");
				var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("news");
			Audience.of(1, swarm, topic).getFirst().wire().stopReading();
			StompClient other = StompClient.connect(swarm);
			other.connected();
			var http = new HttpPublisher(server.port());
			Waiting.until("no more is taken", () -> http.publish(topic, 16 * 1024).statusCode() == 503);

			server.terminate();

			assertThat(other.closed().code()).isEqualTo(1012);
			assertThat(server.exitCode(GRACE)).isZero();
		}
	}

	@Test
	void aServerThatNobodyUsesEndsAtOnce() {
		try (var server = ServerProcess.start("128m")) {
			server.terminate();

			assertThat(server.exitCode(GRACE)).isZero();
			assertThat(server.log()).filteredOn((line) -> line.contains(" WARN ") || line.contains(" ERROR "))
				// It shows its key, since none is configured.
				.allMatch((line) -> line.contains("FirstKey"));
		}
	}

}
