package dev.fanfare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ResumingReader;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Storm;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicHistory;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscriber that was away, late or stuck has in the end exactly what its topic has.
 */
class ResumeIT {

	/** Keeps all that is published here. */
	private static final String[] KEEPING = { "fanfare.topics[0].pattern=**",
			"fanfare.topics[0].history.messages=1000000", "fanfare.topics[0].history.bytes=1GB" };

	private static final int READERS = 50;

	private static final int CUTS_EACH = 20;

	private static final int BODY = 64;

	private static final int LATE_READERS = 10;

	private static final int BATCH = 1000;

	/**
	 * What is replayed to readers that are stuck; all of them together exceed the heap.
	 */
	private static final int LONG = 200_000;

	private static final int MEANWHILE = 5000;

	private static final int STUCK = 10;

	private static final int SMALL_BUFFER = 16 * 1024;

	/** How far the slowest reader may be behind before publishers wait for it. */
	private static final int MOST_BEHIND = 1000;

	private static ServerProcess server;

	private static HttpPublisher http;

	@BeforeAll
	static void start() {
		server = ServerProcess.start("128m", KEEPING);
		http = new HttpPublisher(server.port());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void fiftyReadersThatAreCutOffAThousandTimesHaveTheWholeLog() throws InterruptedException {
		long seed = System.nanoTime();
		try (var swarm = new Swarm(server.port())) {
			var one = new TopicRecord("one");
			var two = new TopicRecord("two");
			Audience.of(1, swarm, one, two);
			publishBatches(one, 1);
			publishBatches(two, 1);

			List<ResumingReader> readers = new ArrayList<>();
			for (int number = 0; number < READERS; number++) {
				readers.add(new ResumingReader(swarm, seed + number, CUTS_EACH, number % 2 == 0, one, two));
			}
			var storm = new Storm(server.port(), swarm).stomp(2, paced(readers), BODY).http(2, paced(readers), BODY);
			Waiting.until("everybody was cut off often enough",
					() -> readers.stream().allMatch((reader) -> reader.cutsLeft() == 0));
			storm.stop();
			Waiting.until("everybody has everything", () -> readers.stream().allMatch(ResumeIT::hasEverything));

			TopicHistory logOfOne = TopicHistory.read(http, "one");
			TopicHistory logOfTwo = TopicHistory.read(http, "two");
			assertThat(storm.faults()).isEmpty();
			assertThat(one.faults()).isEmpty();
			assertThat(two.faults()).isEmpty();
			assertThat(logOfOne.size()).isEqualTo(one.lastAccepted());
			assertThat(logOfTwo.size()).isEqualTo(two.lastAccepted());
			assertThat(readers).as("seed %d", seed)
				.flatExtracting((reader) -> reader.faults(logOfOne, logOfTwo))
				.isEmpty();
			assertThat(readers.stream().mapToInt(ResumingReader::cutsWithinReplay).sum()).isGreaterThan(100);
		}
	}

	@Test
	void readersThatComeLateToATopicUnderLoadHaveTheWholeLog() throws InterruptedException {
		try (var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("late");
			var readers = new CopyOnWriteArrayList<>(List.of(new ResumingReader(swarm, 0, 0, true, topic)));
			publishBatches(topic, 10);
			var storm = new Storm(server.port(), swarm).stomp(2, paced(readers), BODY).http(2, paced(readers), BODY);

			for (int number = 0; number < LATE_READERS; number++) {
				var late = new ResumingReader(swarm, 0, 0, true, topic);
				int before = topic.acceptedCount();
				Waiting.until("the late reader has what there was", () -> late.tracks().getFirst().last() > before);
				readers.add(late);
			}
			storm.stop();
			Waiting.until("everybody has everything", () -> readers.stream().allMatch(ResumeIT::hasEverything));

			TopicHistory log = TopicHistory.read(http, "late");
			assertThat(storm.faults()).isEmpty();
			assertThat(log.size()).isEqualTo(topic.lastAccepted());
			assertThat(readers).flatExtracting((reader) -> reader.faults(log)).isEmpty();
		}
	}

	@Test
	void readersThatStopWithinALongReplayHoldUpNobodyAndGetTheRestWhenTheyReadAgain() {
		try (var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("long");
			publishBatches(topic, LONG / BATCH);
			List<StompClient> stuck = new ArrayList<>();
			List<CompletableFuture<Frame>> receipts = new ArrayList<>();
			for (int number = 0; number < STUCK; number++) {
				StompClient client = StompClient.connect(swarm, SMALL_BUFFER);
				client.connected();
				TopicRecord.Reader reader = topic.reader();
				receipts.add(client.subscribing("1", Map.of("destination", topic.destination(), "replay", "all"),
						(message) -> {
							if (reader.count() == 0) {
								client.wire().stopReading();
							}
							reader.accept(message);
						}));
				stuck.add(client);
			}
			Waiting.until("all replays have begun",
					() -> topic.readers().stream().allMatch((reader) -> reader.count() > 0));

			StompClient present = StompClient.connect(swarm);
			present.connected();
			AtomicLong delivered = new AtomicLong();
			present.subscribe("1", topic.destination(), (message) -> delivered.incrementAndGet());
			publishBatches(topic, MEANWHILE / BATCH);
			Waiting.until("the present reader has what is live", () -> delivered.get() == MEANWHILE);

			assertThat(topic.readers()).allSatisfy((reader) -> assertThat(reader.count()).isLessThan(LONG / 10));
			assertThat(receipts).noneMatch(CompletableFuture::isDone);
			stuck.forEach((client) -> client.wire().resumeReading());
			Waiting.until("all have everything", topic::isComplete);
			assertThat(topic.faults()).isEmpty();
			assertThat(topic.lastAccepted()).isEqualTo(LONG + MEANWHILE);
			assertThat(receipts).extracting((receipt) -> receipt.join().header("recovered")).containsOnly("true");
			assertThat(server.isAlive()).isTrue();
		}
	}

	private static void publishBatches(TopicRecord topic, int batches) {
		for (int batch = 0; batch < batches; batch++) {
			http.publishTogether(topic, BATCH, BODY);
		}
	}

	private static boolean hasEverything(ResumingReader reader) {
		return reader.tracks().stream().allMatch((track) -> track.last() >= track.topic().lastAccepted());
	}

	/** Offer the topics of the readers by turns, as the slowest reader takes them. */
	private static Supplier<TopicRecord> paced(List<ResumingReader> readers) {
		AtomicInteger turn = new AtomicInteger();
		return () -> {
			int index = turn.getAndIncrement() % readers.getFirst().tracks().size();
			TopicRecord topic = readers.getFirst().tracks().get(index).topic();
			while (topic.acceptedCount() - slowest(readers, index) > MOST_BEHIND) {
				LockSupport.parkNanos(100_000);
			}
			return topic;
		};
	}

	private static long slowest(List<ResumingReader> readers, int topic) {
		return readers.stream().mapToLong((reader) -> reader.tracks().get(topic).last()).min().orElseThrow();
	}

}
