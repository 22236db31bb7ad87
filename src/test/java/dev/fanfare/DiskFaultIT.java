package dev.fanfare;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.testing.CommandLine;
import dev.fanfare.testing.FileSizeLimit;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Ledger;
import dev.fanfare.testing.LedgerPublishers;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A disk that fails costs nothing that was acknowledged, and no more than it must. */
class DiskFaultIT {

	private static final List<String> TOPICS = List.of("a", "b", "c");

	@TempDir
	private Path folder;

	private Path data;

	@BeforeEach
	void choose() {
		this.data = this.folder.resolve("data");
	}

	@Test
	void aFullDiskStopsTopicsOnDiskAloneAndUntilThereIsRoom() {
		try (var server = start(); var swarm = new Swarm(server.port())) {
			var http = new HttpPublisher(server.port());
			assertThat(publish(http, "a", "before", "k0").statusCode()).isEqualTo(201);

			try (var full = FileSizeLimit.set(server, 0)) {
				assertRefused(publish(http, "a", "refused", "k1"));
				assertRefused(publish(http, "a", "refused too", "k2"));
				assertRefused(http.post("/api/publications", "application/json",
						"[{\"topic\":\"memory.a\",\"text\":\"half\"},{\"topic\":\"a\",\"text\":\"half\"}]"));
				assertRefused(send(swarm, "/topic/a"));
				assertThat(publish(http, "memory.a", "in memory", "k3").body()).contains(":1\"");
				assertThat(send(swarm, "/topic/memory.a").command()).isEqualTo("RECEIPT");
				assertThat(http.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
				assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
				Waiting.until("it has tried to go on", () -> said(server, "still cannot be written"));
				assertRefused(publish(http, "a", "refused again", "k4"));
			}

			Waiting.until("it is ready", () -> http.get("/actuator/health/readiness").statusCode() == 200);
			assertThat(publish(http, "a", "after", "k1").body()).contains(":2\"").contains("\"duplicate\":false");
			assertThat(publish(http, "a", "before", "k0").body()).contains(":1\"").contains("\"duplicate\":true");
			server.kill();
		}
		assertThat(KeptLog.in(this.data, this.folder.resolve("copy")).texts("a")).containsExactly("before", "after");
	}

	@Test
	void whatADiskThatFillsUpAgainAndAgainRefusedIsNotThereAndTheRestIs() {
		var ledger = new Ledger();
		var publishers = new LedgerPublishers(ledger, TOPICS, "trimmed");
		try (var server = start(); var swarm = new Swarm(server.port())) {
			var http = new HttpPublisher(server.port());
			publishers.start(server.port(), swarm);

			for (int time = 0; time < 8; time++) {
				int acknowledged = ledger.acknowledged();
				Waiting.until("it is published", () -> ledger.acknowledged() > acknowledged + 100);
				int refused = ledger.refused();
				// In the middle of a record, most likely, or of a file that is written
				// from memory.
				try (var full = FileSizeLimit.set(server, ThreadLocalRandom.current().nextInt(100_000))) {
					Waiting.until("publications are refused", () -> ledger.refused() > refused);
				}
				Waiting.until("it is ready", () -> http.get("/actuator/health/readiness").statusCode() == 200);
			}
			assertThat(publishers.retry(server.port(), ledger.unansweredWithKeys())).isEmpty();

			server.kill();
			assertThat(ledger.faults(KeptLog.in(this.data, this.folder.resolve("copy")))).isEmpty();
		}
	}

	@Test
	void aSecondServerOnAFolderDoesNotStartAndSaysWhy() {
		try (var first = start(); var second = ServerProcess.begin("128m", ServerProcess.data(this.data))) {
			assertThat(second.exitCode(Duration.ofSeconds(60))).isEqualTo(1);

			assertThat(second.log()).anyMatch((line) -> line.contains(this.data.toString())
					&& line.contains("is in use by another process: two cannot write one log."));
			assertThat(second.log()).anyMatch((line) -> line.contains("fanfare.engine.embedded.path"))
				.noneMatch((line) -> line.contains("\tat "));
			assertThat(publish(new HttpPublisher(first.port()), "a", "x", "k").statusCode()).isEqualTo(201);
		}
	}

	@Test
	void aLogIsLookedIntoWhenItsServerIsGoneAndNotBefore() {
		String[] verify = { "log", "verify", "--data", this.data.toString() };
		try (var server = start()) {
			publish(new HttpPublisher(server.port()), "a", "x", "k");

			CommandLine early = CommandLine.run(verify);
			server.kill();

			assertThat(early.exitCode()).isEqualTo(1);
			assertThat(early.output()).contains("is in use by another process");
		}
		CommandLine late = CommandLine.run(verify);
		assertThat(late.output()).isEqualTo("1 topics, 1 publications, 23 bytes: all right\n");
		assertThat(late.exitCode()).isZero();
	}

	@Test
	void aFolderThatCannotBeMadeIsNamed() {
		// Where nobody can write, not even root.
		try (var server = ServerProcess.begin("128m", ServerProcess.data(Path.of("/proc/fanfare")))) {
			assertThat(server.exitCode(Duration.ofSeconds(60))).isEqualTo(1);

			assertThat(server.log()).anyMatch((line) -> line.contains("The data folder '/proc/fanfare' cannot be used"))
				.noneMatch((line) -> line.contains("\tat "));
		}
	}

	private ServerProcess start() {
		return ServerProcess.start("192m", ServerProcess.data(this.data), "logging.level.dev.fanfare=debug",
				"fanfare.topics[0].pattern=memory.**", "fanfare.topics[0].durability=memory",
				"fanfare.topics[1].pattern=trimmed", "fanfare.topics[1].history.messages=50",
				"fanfare.topics[2].pattern=**", "fanfare.topics[2].history.messages=1000000",
				"fanfare.topics[2].history.bytes=1GB");
	}

	private static HttpResponse<String> publish(HttpPublisher http, String topic, String text, String key) {
		return http.post("/api/topics/" + topic + "/publications", "text/plain", text, Map.of("Idempotency-Key", key));
	}

	private static Frame send(Swarm swarm, String destination) {
		StompClient client = StompClient.connect(swarm);
		client.connected();
		return client.answered("SEND", Map.of("destination", destination), "over STOMP");
	}

	private static boolean said(ServerProcess server, String words) {
		return server.log().stream().anyMatch((line) -> line.contains(words));
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.body()).contains("urn:fanfare:problem:storage-failed");
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
	}

	private static void assertRefused(Frame frame) {
		assertThat(frame.command()).isEqualTo("ERROR");
		assertThat(frame.header("type")).isEqualTo("storage-failed");
	}

}
