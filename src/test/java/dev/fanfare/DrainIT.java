package dev.fanfare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.MovingReader;
import dev.fanfare.testing.RetryingPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicHistory;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.TwicePublisher;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server is replaced under load, and nobody misses anything. */
class DrainIT {

	private static final int CLIENTS = 200;

	/** Keeps all that is published here. */
	private static final String KEEPING = "fanfare.topics[0].history.messages=100000";

	private static final String[] SETTINGS = { "fanfare.topics[0].pattern=**", KEEPING,
			"fanfare.websocket.drain.period=2s", "fanfare.websocket.drain.spread=1s", "-XX:TieredStopAtLevel=1" };

	/** What its settings bound: 2 s, and what is left to send, and to answer. */
	private static final Duration GRACE = Duration.ofSeconds(2 + 10);

	@TempDir
	private Path folder;

	@Test
	void clientsOfARestartedServerHaveEverythingOnceAndInOrder() throws InterruptedException {
		String[] settings = with(ServerProcess.data(this.folder.resolve("data")));
		var topic = new TopicRecord("news");
		var publisherOf = new AtomicReference<HttpPublisher>();
		try (var old = ServerProcess.start("192m", settings); var swarm = new Swarm(old.port())) {
			publisherOf.set(new HttpPublisher(old.port()));
			List<MovingReader> readers = readers(() -> new MovingReader(swarm, "news", topic.reader()));
			var publishers = List.of(new RetryingPublisher(topic, publisherOf::get),
					new RetryingPublisher(topic, publisherOf::get));
			Waiting.until("publications are on their way", () -> topic.acceptedCount() > 300);

			old.terminate();
			Waiting.until("the first clients are asked", () -> readers.stream().anyMatch(DrainIT::wasAsked));
			int acceptedBefore = topic.acceptedCount();
			Waiting.until("half of the clients are asked",
					() -> readers.stream().filter(DrainIT::wasAsked).count() > CLIENTS / 2);
			assertThat(topic.acceptedCount()).as("accepted while clients go").isGreaterThan(acceptedBefore);
			assertThat(old.exitCode(GRACE)).isZero();
			assertThat(readers).extracting(MovingReader::closes)
				.allSatisfy((closes) -> assertThat(closes).extracting(Wire.Close::code).containsExactly(1012));
			assertThat(readers.stream().mapToInt(MovingReader::refused).sum()).as("handshakes refused").isPositive();

			try (var next = ServerProcess.start("192m", settings)) {
				swarm.turnTo(next.port());
				publisherOf.set(new HttpPublisher(next.port()));
				int before = topic.acceptedCount();
				Waiting.until("publications go on", () -> topic.acceptedCount() > before + 100);
				stop(publishers);
				Waiting.until("everybody has everything", topic::isComplete);

				assertThat(topic.faults()).isEmpty();
				assertThat(publishers.stream().mapToInt(RetryingPublisher::repeated).sum()).isPositive();
				assertThat(topic.distinctUpTo((int) topic.lastAccepted())).as("bodies that are stored")
					.isEqualTo(topic.lastAccepted())
					.isEqualTo(publishers.stream().mapToLong((publisher) -> publisher.published().size()).sum());
				assertThat(readers).extracting((reader) -> reader.receipts().getLast().header("recovered"))
					.containsOnly("true");
				readers.forEach(MovingReader::stop);
			}
		}
	}

	@Test
	void clientsThatMoveToAServerWithALogOfItsOwnMissNothingAndAreToldThatItIsAnother() throws InterruptedException {
		try (var one = ServerProcess.begin("192m", SETTINGS);
				var other = ServerProcess.begin("192m", SETTINGS);
				var swarm = new Swarm(one.port())) {
			List<Set<String>> seen = new ArrayList<>();
			List<MovingReader> readers = readers(() -> {
				Set<String> bodies = ConcurrentHashMap.newKeySet();
				seen.add(bodies);
				return new MovingReader(swarm, "news", (message) -> bodies.add(message.body()));
			});
			var publisher = new TwicePublisher("news", one.port(), other.port());
			Waiting.until("publications are on their way", () -> publisher.published().size() > 100);

			swarm.turnTo(other.port());
			one.terminate();

			assertThat(one.exitCode(GRACE)).isZero();
			int before = publisher.published().size();
			Waiting.until("publications go on", () -> publisher.published().size() > before + 100);
			publisher.stop();
			List<String> published = publisher.published();
			Waiting.until("everybody has moved",
					() -> readers.stream().allMatch((each) -> each.receipts().size() == 2));
			Waiting.until("everybody has everything",
					() -> seen.stream().allMatch((bodies) -> bodies.size() >= published.size()));

			assertThat(seen).allSatisfy((bodies) -> assertThat(bodies).containsExactlyInAnyOrderElementsOf(published));
			assertThat(TopicHistory.read(new HttpPublisher(other.port()), "news").size()).isEqualTo(published.size());
			assertThat(readers).extracting((reader) -> reader.receipts().getLast().header("recovered"))
				.containsOnly("false");
			readers.forEach(MovingReader::stop);
		}
	}

	@Test
	void aServerThatIsKilledWhileItWaitsHasLostNothingOfWhatItAccepted() {
		Path data = this.folder.resolve("data");
		var topic = new TopicRecord("news");
		try (var server = ServerProcess.start("128m", ServerProcess.data(data), "fanfare.websocket.drain.delay=1h")) {
			var http = new HttpPublisher(server.port());
			assertThat(http.publish(topic, 64).statusCode()).isEqualTo(201);

			server.terminate();
			Waiting.until("it is not ready", () -> http.get("/actuator/health/readiness").statusCode() == 503);
			server.terminate();
			assertThat(http.publish(topic, 64).statusCode()).isEqualTo(201);
			assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			server.kill();
		}

		assertThat(KeptLog.in(data, this.folder.resolve("copy")).publications().get("news")).hasSize(2);
	}

	private static String[] with(String more) {
		List<String> all = new ArrayList<>(List.of(SETTINGS));
		all.add(more);
		return all.toArray(String[]::new);
	}

	private static List<MovingReader> readers(Supplier<MovingReader> reader) {
		List<MovingReader> readers = Stream.generate(reader).limit(CLIENTS).toList();
		Waiting.until("all clients are in", () -> readers.stream().noneMatch((each) -> each.receipts().isEmpty()));
		return readers;
	}

	private static boolean wasAsked(MovingReader reader) {
		return !reader.closes().isEmpty();
	}

	private static void stop(List<RetryingPublisher> publishers) throws InterruptedException {
		for (RetryingPublisher publisher : publishers) {
			publisher.stop();
		}
	}

}
