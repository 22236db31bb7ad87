package dev.fanfare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.EventClient.Event;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of events harm nobody when they are not read, and end well. */
class EventStreamsIT {

	private static final String PATH = "/api/topics/news/events";

	private static final String BODY = "x".repeat(16 * 1024);

	private ServerProcess server;

	private final List<EventClient> clients = new ArrayList<>();

	private int refused;

	@BeforeEach
	void start() {
		this.server = ServerProcess.start("128m", "fanfare.topics[0].pattern=**", "fanfare.topics[0].durability=memory",
				"fanfare.topics[0].history.messages=10000", "fanfare.sse.heartbeat=1s");
	}

	@AfterEach
	void stop() {
		this.clients.forEach(EventClient::close);
		this.server.close();
	}

	@Test
	void readersWhoAreStuckAreCutOffAndTheOthersNoticeNothing() {
		List<EventClient> readers = IntStream.range(0, 40).mapToObj((each) -> open("")).toList();
		List<EventClient> stuck = IntStream.range(0, 3).mapToObj((each) -> open("")).toList();
		stuck.forEach(EventClient::stopReading);

		publishUntil(() -> cutOff() == 3);
		long published = publish(100);

		Waiting.until("the others have all", () -> readers.stream().allMatch((reader) -> last(reader) == published));
		assertThat(readers).allSatisfy((reader) -> assertThat(reader.events()).extracting(Event::offset)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, published).boxed().toList()));
		assertThat(this.refused).as("publications that were refused").isZero();
		assertThat(this.server.metric("fanfare.connections")).isEqualTo(40);
		assertThat(this.server.metric("jvm.memory.used", "area:heap")).isLessThan(128e6);
		assertThat(this.server.threads("lane-")).isNotEmpty()
			.noneMatch((thread) -> thread.startsWith("BLOCKED")
					|| thread.contains("WAITING") && !thread.contains("dev.fanfare.broker.Lane.take"));
	}

	@Test
	void whoWasCutOffComesBackForTheRest() {
		EventClient stuck = open("");
		stuck.stopReading();
		publishUntil(() -> cutOff() == 1);
		long published = publish(10);

		stuck.resumeReading();
		assertThat(stuck.ended().join()).isFalse();
		EventClient again = keep(EventClient.open(this.server.port(), PATH, Map.of("Last-Event-ID", stuck.lastId())));

		Waiting.until("the rest comes", () -> last(again) == published);
		List<Long> read = new ArrayList<>();
		stuck.events().forEach((event) -> read.add(event.offset()));
		again.events().forEach((event) -> read.add(event.offset()));
		assertThat(read).containsExactlyElementsOf(LongStream.rangeClosed(1, published).boxed().toList());
	}

	@Test
	void aReplayThatNobodyReadsHoldsNeitherMemoryNorOthersUp() {
		long published = publish(400);
		List<EventClient> stuck = IntStream.range(0, 20)
			.mapToObj((each) -> keep(
					EventClient.open(this.server.port(), PATH + "?replay=all", Map.of(), 4096, (event) -> {
					})))
			.toList();
		stuck.forEach(EventClient::head);
		stuck.forEach(EventClient::stopReading);

		EventClient reader = open("?replay=all");

		Waiting.until("another reads it all", () -> last(reader) == published);
		assertThat(cutOff()).isZero();
		stuck.forEach(EventClient::resumeReading);
		Waiting.until("and so do they in the end", () -> stuck.stream().allMatch((each) -> last(each) == published));
		assertThat(stuck).allSatisfy((each) -> assertThat(each.events()).hasSize((int) published));
	}

	@Test
	void streamsEndWithTheServerAndGoOnWithTheNext() {
		EventClient reader = open("");
		EventClient quiet = open("");
		publish(5);
		Waiting.until("events", () -> last(reader) == 5);

		this.server.terminate();

		assertThat(reader.ended().join()).as("a proper end").isTrue();
		assertThat(quiet.ended().join()).isTrue();
		assertThat(reader.events()).hasSize(5);
		assertThat(this.server.exitCode(Duration.ofSeconds(30))).isZero();
	}

	@Test
	void aReaderWhoIsStuckHoldsTheEndOfTheServerUpForLimitedTime() {
		EventClient stuck = open("");
		stuck.stopReading();
		publish(30);

		this.server.terminate();

		assertThat(this.server.exitCode(Duration.ofSeconds(40))).isZero();
	}

	private EventClient open(String query) {
		// So little that a reader who does not read is noticed soon.
		EventClient client = keep(EventClient.open(this.server.port(), PATH + query, Map.of(), 16 * 1024, (event) -> {
		}));
		Waiting.until("the stream is live", () -> !client.lastId().isEmpty());
		return client;
	}

	private EventClient keep(EventClient client) {
		this.clients.add(client);
		return client;
	}

	private double cutOff() {
		return this.server.metric("fanfare.connections.closed", "reason:slow-reader");
	}

	private static long last(EventClient reader) {
		return reader.events().isEmpty() ? 0 : reader.events().getLast().offset();
	}

	private void publishUntil(BooleanSupplier reached) {
		Waiting.until("it is reached", () -> {
			publish(20);
			return reached.getAsBoolean();
		});
	}

	/** Publish so many, again where there is no room, and return the last offset. */
	private long publish(int count) {
		HttpPublisher publisher = new HttpPublisher(this.server.port());
		String body = "";
		for (int each = 0; each < count; each++) {
			var answer = publisher.post("/api/topics/news/publications", "text/plain", BODY);
			while (answer.statusCode() == 503) {
				this.refused++;
				answer = publisher.post("/api/topics/news/publications", "text/plain", BODY);
			}
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			body = answer.body();
		}
		return Long.parseLong(body.replaceAll(".*\"position\":\"[^:]+:(\\d+)\".*", "$1"));
	}

}
