package dev.fanfare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.testing.Ledger;
import dev.fanfare.testing.LedgerPublishers;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that is killed at any moment has lost nothing that it acknowledged. */
class CrashIT {

	private static final int ROUNDS = 21;

	private static final List<String> TOPICS = List.of("a", "b", "c");

	private static final String TRIMMED = "trimmed";

	/** The settings of all rounds; the Java machine is told to start quickly. */
	private static final List<String> SETTINGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"fanfare.topics[0].pattern=" + TRIMMED, "fanfare.topics[0].history.messages=50",
			"fanfare.topics[1].pattern=**", "fanfare.topics[1].history.messages=1000000",
			"fanfare.topics[1].history.bytes=1GB");

	@TempDir
	private Path folder;

	private final Ledger ledger = new Ledger();

	private final LedgerPublishers publishers = new LedgerPublishers(this.ledger, TOPICS, TRIMMED);

	private Path data;

	@Test
	void whatWasAcknowledgedIsThereOnceAndInOrderAfterEveryKill() {
		this.data = this.folder.resolve("data");

		for (int round = 1; round <= ROUNDS; round++) {
			if (round % 7 == 0) {
				killWhileItOpensTheLog();
			}
			serveAndKill();

			// Of a copy, so that the next server itself has to bring the log in order.
			KeptLog kept = KeptLog.in(this.data, this.folder.resolve("copy"));
			assertThat(this.ledger.faults(kept)).as("round %d", round).isEmpty();
		}

		assertThat(this.ledger.acknowledged()).isGreaterThan(ROUNDS * 50);
		assertThat(this.ledger.seen()).isGreaterThan(ROUNDS * 50);
	}

	private void serveAndKill() {
		List<Thread> publishing = new ArrayList<>();
		try (var server = start(); var swarm = new Swarm(server.port())) {
			subscribe(swarm);
			assertThat(retry(server.port())).isEmpty();
			int enough = this.ledger.acknowledged() + ThreadLocalRandom.current().nextInt(50, 500);

			publishing.addAll(this.publishers.start(server.port(), swarm));
			Waiting.until("some publications are acknowledged", () -> this.ledger.acknowledged() > enough);
			server.kill();

			publishing.forEach(CrashIT::join);
		}
	}

	private ServerProcess start() {
		return ServerProcess.start("192m", settings());
	}

	private void killWhileItOpensTheLog() {
		long before = KeptLog.changed(this.data);
		try (var server = ServerProcess.begin("192m", settings())) {
			Waiting.until("the log is being opened", () -> KeptLog.changed(this.data) != before);
			server.kill();
		}
	}

	private String[] settings() {
		return Stream.concat(SETTINGS.stream(), Stream.of(ServerProcess.data(this.data))).toArray(String[]::new);
	}

	private void subscribe(Swarm swarm) {
		StompClient reader = StompClient.connect(swarm);
		Stream.concat(TOPICS.stream(), Stream.of(TRIMMED))
			.forEach((topic) -> reader.subscribe(topic, "/topic/" + topic,
					(frame) -> this.ledger.delivered(topic, frame.header("message-id"), frame.body())));
	}

	/** Publish again what was not answered, and some that was. */
	private List<String> retry(int port) {
		List<Ledger.Entry> again = new ArrayList<>(this.ledger.unansweredWithKeys());
		again.addAll(this.ledger.answeredWithKeys(20));
		return this.publishers.retry(port, again);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
