package dev.fanfare;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.testing.CommandLine;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Ledger;
import dev.fanfare.testing.LedgerPublishers;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A backup holds what was acknowledged before it, and a server starts in it. */
class BackupIT {

	private static final List<String> TOPICS = List.of("a", "b", "c");

	@TempDir
	private Path folder;

	@Test
	void aBackupUnderLoadHoldsAllThatWasAcknowledgedBeforeItAndCanBeRestored() throws Exception {
		var ledger = new Ledger();
		Path restored = this.folder.resolve("restored");
		String epoch;
		List<Ledger.Entry> before;
		try (var server = start(this.folder.resolve("data")); var swarm = new Swarm(server.port())) {
			var http = new HttpPublisher(server.port());
			new LedgerPublishers(ledger, TOPICS, "d").start(server.port(), swarm);
			Waiting.until("much is published", () -> ledger.acknowledged() > 500);

			before = ledger.answered();
			HttpResponse<String> backup = backUp(http, "{\"name\":\"first\"}");
			int acknowledged = ledger.acknowledged();
			Waiting.until("more is published", () -> ledger.acknowledged() > acknowledged + 100);

			assertThat(backup.statusCode()).as(backup.body()).isEqualTo(200);
			FileSystemUtils.copyRecursively(
					Path.of(JsonMapper.shared().readTree(backup.body()).path("folder").stringValue()), restored);
			epoch = epoch(http);
			assertThat(backUp(http, "{\"name\":\"first\"}").statusCode()).isEqualTo(400);
			assertThat(backUp(http, "{\"name\":\"../first\"}").statusCode()).isEqualTo(400);
			assertThat(backUp(http, "").statusCode()).isEqualTo(200);
		}

		assertThat(ledger.lost(before, KeptLog.in(restored, this.folder.resolve("copy")))).isEmpty();
		CommandLine verified = CommandLine.run("log", "verify", "--data", restored.toString());
		assertThat(verified.output()).contains("new epochs").contains("all right");
		assertThat(verified.exitCode()).isZero();
		try (var server = start(restored)) {
			assertThat(epoch(new HttpPublisher(server.port()))).isNotEqualTo(epoch);
			server.kill();
		}
		assertThat(ledger.lost(before, KeptLog.in(restored, this.folder.resolve("copy")))).isEmpty();
		assertThat(Files.exists(restored.resolve("new-epochs"))).isFalse();
	}

	@Test
	void nobodyBacksUpOverTheNetworkUnlessTheOperatorAllowsIt() {
		try (var server = ServerProcess.start("128m")) {
			assertThat(backUp(new HttpPublisher(server.port()), "").statusCode()).isEqualTo(404);
		}
	}

	private static ServerProcess start(Path data) {
		return ServerProcess.start("192m", ServerProcess.data(data), "management.endpoints.web.exposure.include=backup",
				"fanfare.topics[0].pattern=**", "fanfare.topics[0].history.messages=1000000",
				"fanfare.topics[0].history.bytes=1GB");
	}

	private static HttpResponse<String> backUp(HttpPublisher http, String json) {
		return http.post("/actuator/backup", "application/json", json);
	}

	private static String epoch(HttpPublisher http) {
		String answer = http.post("/api/topics/a/publications", "text/plain", "probe:0:", Map.of()).body();
		return JsonMapper.shared().readTree(answer).path("position").stringValue().replaceAll(":.*", "");
	}

}
