package dev.fanfare.stomp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscriber that was away gets exactly what it missed, in order, once, or an honest
 * "cannot".
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.topics[0].pattern=little.**", "fanfare.topics[0].history.messages=10",
				"fanfare.topics[1].pattern=memory.**", "fanfare.topics[1].durability=memory",
				"fanfare.topics[1].history.messages=100000", "fanfare.topics[1].history.bytes=100MB",
				"fanfare.topics[2].pattern=none.**", "fanfare.topics[2].durability=none",
				"fanfare.topics[3].pattern=**", "fanfare.topics[3].history.messages=100000",
				"fanfare.topics[3].history.bytes=100MB" })
class ResumeTests {

	private static final AtomicInteger TOPICS = new AtomicInteger();

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
		// All topics in memory share what it may hold: the next test has all of it again.
		Caller application = new Caller.Application();
		this.broker.topics(application, "memory.", null, 1000)
			.forEach((state) -> this.broker.reset(application, state.topic()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void whoResumesGetsWhatItMissedAndThenWhatIsLive(String kind) {
		TopicName topic = topic(kind);
		List<Position> positions = publish(topic, 10);
		Reader reader = new Reader();

		Frame receipt = reader.subscribe(topic, Map.of("resume-after", positions.get(3).toString()));
		publish(topic, 2);

		assertThat(receipt.header("recovered")).isEqualTo("true");
		assertThat(receipt.header("replayed")).isEqualTo("6");
		assertThat(receipt.header("position")).isEqualTo(positions.get(9).toString());
		reader.has(5, 12);
	}

	@Test
	void theExampleOfTheReadmeResumes() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		Matcher example = Pattern.compile("<!-- example: resume -->\\s*```\n(.*?)```", Pattern.DOTALL).matcher(readme);
		assertThat(example.find()).isTrue();
		Position first = publish(new TopicName("scores"), 3).getFirst();
		Reader reader = new Reader();

		reader.client.wire()
			.send((example.group(1).replace("5f1c09aa\\c41", first.toString().replace(":", "\\c")) + "\n\0")
				.getBytes(StandardCharsets.UTF_8));

		Waiting.until("two messages and the receipt", () -> reader.client.received().size() == 3);
		assertThat(reader.client.received()).extracting(Frame::command)
			.containsExactly("MESSAGE", "MESSAGE", "RECEIPT");
		assertThat(reader.client.received().getLast().header("recovered")).isEqualTo("true");
	}

	@Test
	void whoHasSeenEverythingMissesNothing() {
		TopicName topic = topic("disk");
		List<Position> positions = publish(topic, 3);
		Reader reader = new Reader();

		Frame receipt = reader.subscribe(topic, Map.of("resume-after", positions.get(2).toString()));
		publish(topic, 1);

		assertThat(receipt.header("recovered")).isEqualTo("true");
		assertThat(receipt.header("replayed")).isEqualTo("0");
		reader.has(4, 4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory", "none" })
	void whoCameBeforeTheFirstPublicationCanResumeFromThere(String kind) {
		TopicName topic = topic(kind);
		Frame receipt = new Reader().subscribe(topic, Map.of());
		String position = receipt.header("position");
		assertThat(receipt.header("recovered")).isEqualTo("true");
		assertThat(position).endsWith(":0");
		Reader again = new Reader();

		Frame resumed = again.subscribe(topic, Map.of("resume-after", position));
		publish(topic, 2);

		assertThat(resumed.header("recovered")).isEqualTo("true");
		again.has(1, 2);
		Frame late = new Reader().subscribe(topic, Map.of("resume-after", position));
		assertThat(late.header("recovered")).isEqualTo(kind.equals("none") ? "false" : "true");
	}

	@ParameterizedTest
	@CsvSource({ "replay, all, 1", "replay, last=3, 8", "replay, last=0, 11", "replay, last=1000, 1",
			"x-stream-offset, first, 1", "x-stream-offset, last, 10", "x-stream-offset, next, 11",
			"x-stream-offset, offset=4, 4", "x-stream-offset, offset=0, 1", "since, 0, 1", "since, 1970-01-01, 1",
			"replay, since=2100-01-01T00:00Z, 11", "x-stream-offset, timestamp=0, 1" })
	void aReplayBeginsWhereItIsAskedTo(String header, String value, int first) {
		TopicName topic = topic("disk");
		publish(topic, 10);
		Reader reader = new Reader();

		Frame receipt = reader.subscribe(topic, Map.of(header, value));
		publish(topic, 1);

		assertThat(receipt.header("recovered")).as(receipt.toString()).isNotEqualTo("false");
		reader.has(first, 11);
	}

	@ParameterizedTest
	@ValueSource(strings = { "replay:since=%s", "since:%s", "x-stream-offset:timestamp=%s" })
	void aReplayBeginsAtATime(String header) {
		TopicName topic = topic("disk");
		publish(topic, 3);
		long last = timestamp(topic);
		Waiting.until("the clock has moved on", () -> System.currentTimeMillis() > last);
		String time = header.startsWith("x-") ? Long.toString(System.currentTimeMillis())
				: Instant.ofEpochMilli(System.currentTimeMillis()).toString();
		publish(topic, 2);
		String[] parts = header.formatted(time).split(":", 2);
		Reader reader = new Reader();

		reader.subscribe(topic, Map.of(parts[0], parts[1]));

		reader.has(4, 5);
	}

	@ParameterizedTest
	@CsvSource({ "oldest, 16", "live, 26", ", 16" })
	void whatIsGoneIsSaidAndTheClientHasChosenHowToGoOn(String ifLost, int first) {
		TopicName topic = topic("little");
		List<Position> positions = publish(topic, 25);
		Reader reader = new Reader();
		Map<String, String> headers = new LinkedHashMap<>(Map.of("resume-after", positions.get(4).toString()));
		if (ifLost != null) {
			headers.put("if-lost", ifLost);
		}

		Frame receipt = reader.subscribe(topic, headers);
		publish(topic, 1);

		assertThat(receipt.header("recovered")).isEqualTo("false");
		reader.has(first, 26);
	}

	@ParameterizedTest
	@ValueSource(strings = { "trimmed", "future", "other epoch" })
	void whatIsGoneIsAnErrorWhereTheClientWantsThat(String why) {
		TopicName topic = topic("little");
		List<Position> positions = publish(topic, 25);
		Position last = positions.getLast();
		Position position = switch (why) {
			case "trimmed" -> positions.getFirst();
			case "future" -> new Position(last.epoch(), 26);
			default -> new Position("0badc0de", 20);
		};
		Reader reader = new Reader();

		Frame error = reader.subscribe(topic, Map.of("resume-after", position.toString(), "if-lost", "error"));

		assertThat(error.command()).isEqualTo("ERROR");
		assertThat(error.header("type")).isEqualTo("position-lost");
		assertThat(error.body()).contains(position.toString()).contains(last.toString());
		assertThat(reader.client.closed().code()).isEqualTo(1002);
		assertThat(reader.seen).isEmpty();
	}

	@Test
	void whoAsksForNoReceiptIsTold() {
		TopicName topic = topic("little");
		List<Position> positions = publish(topic, 25);
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		client.frame("SUBSCRIBE",
				Map.of("id", "1", "destination", "/topic/" + topic, "resume-after", positions.getFirst().toString()),
				new byte[0]);

		client.closed();
		assertThat(client.received()).first()
			.satisfies((error) -> assertThat(error.header("type")).isEqualTo("position-lost"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			resume-after    | 5               | invalid-position | '5'
			resume-after    | x:y             | invalid-position | 'x:y'
			replay          | some            | invalid-header   | 'some'
			replay          | last=-1         | invalid-header   | 'last=-1'
			replay          | since=yesterday | invalid-header   | 'since=yesterday'
			since           | 12:00           | invalid-header   | '12:00'
			x-stream-offset | second          | invalid-header   | 'second'
			x-stream-offset | offset=x        | invalid-header   | 'offset=x'
			if-lost         | panic           | invalid-header   | 'panic'
			""")
	void whatIsWrongIsNamed(String header, String value, String type, String named) {
		Frame error = new Reader().subscribe(topic("disk"), Map.of(header, value));

		assertThat(error.header("type")).isEqualTo(type);
		assertThat(error.body()).contains(named);
	}

	@Test
	void twoWaysToStartAreOneTooMany() {
		Frame error = new Reader().subscribe(topic("disk"), Map.of("replay", "all", "since", "0"));

		assertThat(error.header("type")).isEqualTo("invalid-header");
		assertThat(error.body()).contains("replay and since");
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory", "none" })
	void whatComesFirstFollowsThePositionOfTheReceiptWhateverIsPublishedMeanwhile(String kind) {
		TopicName topic = topic(kind);
		Reader live = new Reader();
		live.subscribe(topic, Map.of());
		AtomicBoolean stopped = new AtomicBoolean();
		CompletableFuture<Void> publisher = CompletableFuture.runAsync(
				() -> publishUntil(topic, live, stopped, Long.MAX_VALUE), (task) -> Thread.ofVirtual().start(task));

		StompClient client = StompClient.connect(this.swarm);
		client.connected();
		List<String> faults = new ArrayList<>();
		for (int number = 0; number < 300; number++) {
			CompletableFuture<Long> first = new CompletableFuture<>();
			Frame receipt = client
				.subscribing("" + number, "/topic/" + topic,
						(frame) -> first.complete(Position.parse(frame.header("message-id")).offset()))
				.orTimeout(60, TimeUnit.SECONDS)
				.join();
			long position = Position.parse(receipt.header("position")).offset();
			if (first.orTimeout(60, TimeUnit.SECONDS).join() != position + 1) {
				faults.add("%d came first after %d".formatted(first.join(), position));
			}
			client.answered("UNSUBSCRIBE", Map.of("id", "" + number), "");
		}
		stopped.set(true);
		publisher.join();

		assertThat(faults).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void aLateSubscriberSeesTheWholeLogWhileItIsPublishedTo(String kind) {
		TopicName topic = topic(kind);
		publish(topic, 3000);
		Reader live = new Reader();
		live.subscribe(topic, Map.of());
		AtomicBoolean stopped = new AtomicBoolean();
		CompletableFuture<?>[] publishers = IntStream.range(0, 4)
			.mapToObj((number) -> CompletableFuture.runAsync(() -> publishUntil(topic, live, stopped, 80_000),
					(task) -> Thread.ofVirtual().start(task)))
			.toArray(CompletableFuture[]::new);

		List<Reader> readers = new ArrayList<>();
		for (int number = 0; number < 20; number++) {
			Reader reader = new Reader();
			assertThat(reader.subscribe(topic, Map.of("replay", "all")).header("recovered")).isEqualTo("true");
			readers.add(reader);
		}
		stopped.set(true);
		CompletableFuture.allOf(publishers).join();
		long last = publish(topic, 1).getFirst().offset();

		assertThat(last).isGreaterThan(3001);
		readers.forEach((reader) -> reader.has(1, last));
	}

	@Test
	void aSubscriptionWhoseWindowIsFullGoesOnFromTheLogWithoutAHole() {
		TopicName topic = topic("disk");
		Reader reader = new Reader();
		List<String> acks = new CopyOnWriteArrayList<>();
		reader.onMessage = (frame) -> acks.add(frame.header("ack"));
		reader.subscribe(topic, Map.of("ack", "client", "prefetch-count", "5"));

		// Far more than an outbox holds.
		String body = "x".repeat(50_000);
		IntStream.range(0, 200).forEach((number) -> publish(topic, body));
		reader.has(1, 5);
		for (int next = 5; next <= 200; next += 5) {
			int expected = next;
			Waiting.until("messages up to " + next, () -> acks.size() == expected);
			reader.client.answered("ACK", Map.of("id", acks.getLast()), "");
		}
		publish(topic, 3);

		reader.has(1, 203);
		assertThat(reader.client.wire().closed()).isNotDone();
	}

	@Test
	void aSubscriptionThatWaitsForAnAckUntilItsTopicHasForgottenIsTold() {
		TopicName topic = topic("little");
		Reader reader = new Reader();
		reader.subscribe(topic, Map.of("ack", "client", "prefetch-count", "5"));

		publish(topic, 3000);
		reader.has(1, 5);
		reader.onMessage = (frame) -> reader.client.frame("ACK", Map.of("id", frame.header("ack")), new byte[0]);
		reader.client.frame("ACK", Map.of("id", reader.ack), new byte[0]);

		assertThat(reader.client.closed().reason()).contains("position-lost");
		assertThat(reader.seen).hasSizeLessThan(3000).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void whoUnsubscribesInTheMiddleOfAReplayHearsNoMore() {
		TopicName topic = topic("memory");
		publish(topic, 20_000);
		Reader reader = new Reader();
		reader.client.subscribing("1", "/topic/" + topic, reader::take);
		CompletableFuture<Frame> replay = reader.client.request("SUBSCRIBE",
				Map.of("id", "2", "destination", "/topic/" + topic, "replay", "all"), "");

		Frame unsubscribed = reader.client.answered("UNSUBSCRIBE", Map.of("id", "2"), "");
		int count = reader.client.received().size();

		assertThat(unsubscribed.command()).isEqualTo("RECEIPT");
		assertThat(replay.orTimeout(30, TimeUnit.SECONDS).join().command()).isEqualTo("RECEIPT");
		publish(topic, 1);
		reader.has(20_001, 20_001);
		assertThat(reader.client.received().size() - count).as("what came after the end").isLessThanOrEqualTo(1);
	}

	private long timestamp(TopicName topic) {
		Reader reader = new Reader();
		List<Long> timestamps = new CopyOnWriteArrayList<>();
		reader.onMessage = (frame) -> timestamps.add(Long.parseLong(frame.header("timestamp")));
		reader.subscribe(topic, Map.of("replay", "last=1"));
		Waiting.until("the last message", () -> !timestamps.isEmpty());
		return timestamps.getFirst();
	}

	private static TopicName topic(String kind) {
		return new TopicName(kind + "." + TOPICS.incrementAndGet());
	}

	private List<Position> publish(TopicName topic, int count) {
		return IntStream.range(0, count).mapToObj((number) -> publish(topic, "text " + number)).toList();
	}

	private Position publish(TopicName topic, String text) {
		return this.broker.publish(new Caller.Application(), Draft.ofText(topic, text)).position();
	}

	/** Publish as fast as a live reader takes it. */
	private void publishUntil(TopicName topic, Reader live, AtomicBoolean stopped, long most) {
		long offset = 0;
		while (!stopped.get() && offset < most) {
			offset = publish(topic, "live").offset();
			while (live.lastSeen < offset - 100 && !stopped.get()) {
				LockSupport.parkNanos(100_000);
			}
		}
	}

	private final class Reader {

		private final StompClient client = StompClient.connect(ResumeTests.this.swarm);

		private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());

		private volatile long lastSeen;

		private volatile String ack = "";

		private volatile Consumer<Frame> onMessage = (frame) -> {
		};

		private Reader() {
			this.client.connected();
		}

		private Frame subscribe(TopicName topic, Map<String, String> headers) {
			Map<String, String> all = new LinkedHashMap<>(headers);
			all.put("destination", "/topic/" + topic);
			return this.client.subscribing("1", all, this::take).orTimeout(60, TimeUnit.SECONDS).join();
		}

		private void take(Frame frame) {
			this.ack = frame.header("ack");
			this.lastSeen = Position.parse(frame.header("message-id")).offset();
			this.seen.add(this.lastSeen);
			this.onMessage.accept(frame);
		}

		/** Return what is not as it should be: each offset once and in order. */
		private static List<String> faults(long first, List<Long> offsets) {
			return IntStream.range(0, offsets.size())
				.filter((index) -> offsets.get(index) != ((index == 0) ? first : offsets.get(index - 1) + 1))
				.limit(10)
				.mapToObj((index) -> "no. %d is %d after %s".formatted(index, offsets.get(index),
						(index == 0) ? "nothing" : offsets.get(index - 1)))
				.toList();
		}

		private void has(long first, long last) {
			Waiting.until("offset " + last, () -> !this.seen.isEmpty() && this.seen.getLast() >= last);
			List<Long> copy = List.copyOf(this.seen);
			assertThat(faults(first, copy)).isEmpty();
			assertThat(copy.getLast()).isEqualTo(last);
		}

	}

}
