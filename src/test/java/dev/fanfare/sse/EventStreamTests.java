package dev.fanfare.sse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.EventClient.Event;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.sse.heartbeat=500ms", "fanfare.topics[0].pattern=little.**",
				"fanfare.topics[0].history.messages=10", "fanfare.topics[1].pattern=memory.**",
				"fanfare.topics[1].durability=memory", "fanfare.topics[1].history.messages=100000",
				"fanfare.topics[1].history.bytes=100MB", "fanfare.topics[2].pattern=none.**",
				"fanfare.topics[2].durability=none", "fanfare.topics[3].pattern=**",
				"fanfare.topics[3].history.messages=100000", "fanfare.topics[3].history.bytes=100MB" })
class EventStreamTests {

	private static final AtomicInteger TOPICS = new AtomicInteger();

	private static final Caller CALLER = new Caller.Application();

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	@Autowired
	private MeterRegistry meters;

	private final List<EventClient> clients = new ArrayList<>();

	@AfterEach
	void close() {
		this.clients.forEach(EventClient::close);
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory", "none" })
	void aReaderGetsWhatIsPublishedFromThenOn(String kind) {
		TopicName topic = topic(kind);
		publish(topic, 3);
		EventClient reader = open(topic, "");
		awaitLive(reader);

		List<Position> positions = publish(topic, 3);

		awaitEvents(reader, 3);
		assertThat(reader.events()).extracting(Event::id)
			.containsExactlyElementsOf(positions.stream().map(Position::toString).toList());
		assertThat(reader.events()).extracting(Event::data).containsExactly("text 0", "text 1", "text 2");
		assertThat(reader.events()).extracting(Event::type).containsOnly("message");
	}

	@Test
	void theAnswerIsAStreamThatNobodyHoldsBack() {
		EventClient reader = open(topic("disk"), "");

		assertThat(reader.head().status()).isEqualTo(200);
		assertThat(reader.head().headers()).contains("Content-Type: text/event-stream\n", "Cache-Control: no-store",
				"no-transform", "X-Accel-Buffering: no");
		Waiting.until("it is told when to come back", () -> reader.retry() == 2000);
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void aTextArrivesAsItIsButForItsLineEnds(String body) {
		TopicName topic = topic("disk");
		publish(topic, new Draft(topic, Map.of("content-type", "text/x-test"), body.getBytes(StandardCharsets.UTF_8)));
		publish(topic, 1);

		EventClient reader = open(topic, "replay=all");

		awaitEvents(reader, 2);
		assertThat(reader.events().getFirst().data()).isEqualTo(body.replace("\r\n", "\n").replace("\r", "\n"));
		assertThat(reader.events().getFirst().type()).isEqualTo("message");
		assertThat(reader.events().getLast().data()).isEqualTo("text 0");
	}

	static Stream<String> bodies() {
		return Stream.of("a", "a\nb", "a\n\nb", "a\n", "\n", "\n\na", "a\r\nb\rc\n\rd", " a", "  a ", "a: b", "data: x",
				":", "id: 7\n\nevent: fake\ndata: y", "héllo 🎺\n\ufeff", "\u0000", "\r", "x".repeat(60_000));
	}

	@Test
	void otherBytesArriveAsBase64OfATypeOfTheirOwn() {
		TopicName topic = topic("disk");
		byte[] body = { 0, (byte) 0xff, '\n', '\r' };
		publish(topic, new Draft(topic, Map.of("content-type", "image/png"), body));

		EventClient reader = open(topic, "replay=all");

		awaitEvents(reader, 1);
		assertThat(reader.events().getFirst().type()).isEqualTo("base64");
		assertThat(Base64.getDecoder().decode(reader.events().getFirst().data())).isEqualTo(body);
	}

	@Test
	void theContentTypeAndTheTimeAreThereForWhoLooks() {
		TopicName topic = topic("disk");
		publish(topic, new Draft(topic, Map.of("content-type", "text/x\ndata: not a field"), new byte[] { 'a' }));

		EventClient reader = open(topic, "replay=all");

		awaitEvents(reader, 1);
		assertThat(reader.events().getFirst().data()).isEqualTo("a");
		assertThat(reader.events().getFirst().fields()).contains("content-type: text/x data: not a field\n")
			.containsPattern("timestamp: \\d{13}\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void whoComesBackGetsWhatItMissed(String kind) {
		TopicName topic = topic(kind);
		List<Position> positions = publish(topic, 10);

		EventClient byHeader = open(topic, "replay=all&last-event-id=ignored:1", positions.get(6));
		EventClient byParameter = open(topic, "replay=all&last-event-id=" + positions.get(6));
		publish(topic, 2);

		awaitEvents(byHeader, 5);
		awaitEvents(byParameter, 5);
		assertThat(byHeader.events()).extracting(Event::offset).containsExactly(8L, 9L, 10L, 11L, 12L);
		assertThat(byParameter.events()).isEqualTo(byHeader.events());
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void whoHasHadNoEventYetComesBackWhereItWas(String kind) {
		TopicName topic = topic(kind);
		publish(topic, 3);
		EventClient first = open(topic, "");
		awaitLive(first);
		first.close();
		publish(topic, 2);

		EventClient again = open(topic, "", Position.parse(first.lastId()));

		awaitEvents(again, 2);
		assertThat(again.events()).extracting(Event::offset).containsExactly(4L, 5L);
	}

	@Test
	void aReaderMayStartInThePast() {
		TopicName topic = topic("disk");
		publish(topic, 5);
		Waiting.until("the clock goes on", () -> System.currentTimeMillis() > last(topic).timestamp() + 1);
		Instant then = Instant.ofEpochMilli(last(topic).timestamp() + 1);
		publish(topic, 2);

		EventClient all = open(topic, "replay=all");
		EventClient last = open(topic, "replay=last=3");
		EventClient since = open(topic, "replay=since=" + then);
		EventClient millis = open(topic, "replay=since=" + then.toEpochMilli());

		awaitEvents(all, 7);
		awaitEvents(last, 3);
		awaitEvents(since, 2);
		awaitEvents(millis, 2);
		assertThat(last.events()).extracting(Event::offset).containsExactly(5L, 6L, 7L);
		assertThat(since.events()).extracting(Event::offset).containsExactly(6L, 7L);
		assertThat(millis.events()).isEqualTo(since.events());
	}

	@Test
	void whatIsLostIsSaidBeforeWhatIsStillThere() {
		TopicName topic = topic("little");
		List<Position> positions = publish(topic, 30);
		String epoch = positions.getFirst().epoch();

		EventClient reader = open(topic, "", positions.get(9));

		awaitEvents(reader, 11);
		Event lost = reader.events().getFirst();
		assertThat(lost.type()).isEqualTo("lost");
		assertThat(lost.id()).isEqualTo(epoch + ":20");
		assertThat(lost.data()).isEqualTo("{\"lastSeen\":\"%1$s:10\",\"position\":\"%1$s:20\"}".formatted(epoch));
		assertThat(reader.events()).extracting(Event::offset)
			.containsExactly(20L, 21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L, 29L, 30L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "other:5", "other:0" })
	void whoWantsToGoOnLiveIsToldThatSomethingIsLost(String seen) {
		TopicName topic = topic("disk");
		Position position = publish(topic, 5).getLast();
		EventClient reader = open(topic, "if-lost=live", Position.parse(seen));
		awaitEvents(reader, 1);

		publish(topic, 1);

		awaitEvents(reader, 2);
		assertThat(reader.events()).extracting(Event::type).containsExactly("lost", "message");
		assertThat(reader.events().getFirst().id()).isEqualTo(position.toString());
		assertThat(reader.events().getLast().offset()).isEqualTo(6);
	}

	@Test
	void anotherEpochIsALossEvenWhereItsFirstMessageIsThere() {
		TopicName topic = topic("disk");
		Position before = publish(topic, 1).getFirst();
		this.broker.reset(CALLER, topic);
		publish(topic, 1);

		EventClient reader = open(topic, "", before);

		awaitEvents(reader, 2);
		assertThat(reader.events()).extracting(Event::type).containsExactly("lost", "message");
	}

	@Test
	void whoIsThereWhenATopicIsResetLosesNothing() {
		TopicName topic = topic("disk");
		EventClient reader = open(topic, "");
		awaitLive(reader);
		publish(topic, 2);
		awaitEvents(reader, 2);

		this.broker.reset(CALLER, topic);
		publish(topic, 2);

		awaitEvents(reader, 4);
		assertThat(reader.events()).extracting(Event::type).containsOnly("message");
		assertThat(reader.events()).extracting(Event::offset).containsExactly(1L, 2L, 1L, 2L);
	}

	@Test
	void whoWantsAllOrNothingIsRefused() {
		TopicName topic = topic("little");
		Position first = publish(topic, 30).getFirst();

		var answer = new HttpPublisher(this.port)
			.get("/api/topics/%s/events?if-lost=error&last-event-id=%s".formatted(topic, first));

		assertThat(answer.statusCode()).isEqualTo(410);
		assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
		assertThat(answer.body()).contains("urn:fanfare:problem:position-lost", first.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "replay=some|invalid-parameter|''replay'' is ''some''|all, last=NUMBER",
			"replay=last=-1|invalid-parameter|last=-1|last=NUMBER", "replay=last=|invalid-parameter|last=|last=NUMBER",
			"replay=since=x|invalid-parameter|since=x|2026-08-01T10:00Z",
			"if-lost=skip|invalid-parameter|''if-lost'' is ''skip''|oldest, live or error",
			"last-event-id=17|invalid-position|17|epoch:offset" }, quoteCharacter = '"')
	void aValueThatCannotBeIsNamedAndWhatWouldBeRight(String query, String type, String wrong, String right) {
		var answer = new HttpPublisher(this.port).get("/api/topics/a/events?" + query);

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("urn:fanfare:problem:" + type, wrong.replace("''", "'"), right);
	}

	@Test
	void aNameThatIsNoneIsRefused() {
		var answer = new HttpPublisher(this.port).get("/api/topics/-a/events");

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid-topic-name");
	}

	@Test
	void aQuietStreamHasHeartbeats() {
		EventClient reader = open(topic("disk"), "");

		Waiting.until("heart-beats", () -> reader.comments() >= 3);

		assertThat(reader.events()).isEmpty();
	}

	@Test
	void streamsAreCountedAndTheirEndsToo() {
		EventClient reader = open(topic("disk"), "");
		awaitLive(reader);
		double before = this.meters.get("fanfare.connections").tag("kind", "sse").gauge().value();
		double ended = ended();

		reader.close();

		Waiting.until("it is noticed", () -> ended() > ended);
		assertThat(before).isGreaterThanOrEqualTo(1);
		Waiting.until("it is not counted any more",
				() -> this.meters.get("fanfare.connections").tag("kind", "sse").gauge().value() < before);
	}

	@Test
	void itsSubscriptionEndsWithAStream() {
		TopicName topic = topic("disk");
		EventClient reader = open(topic, "");
		awaitLive(reader);
		assertThat(this.broker.subscribers(topic)).isEqualTo(1);

		reader.close();

		Waiting.until("the subscription ends", () -> this.broker.subscribers(topic) == 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void aLateReaderUnderLoadGetsTheWholeLog(String kind) {
		TopicName topic = topic(kind);
		publish(topic, 2000);
		Load load = new Load(topic, 4, 1000);

		List<EventClient> readers = IntStream.range(0, 5).mapToObj((each) -> open(topic, "replay=all")).toList();
		load.join();

		readers.forEach((reader) -> awaitEvents(reader, 6000));
		List<String> log = log(topic);
		assertThat(log).hasSize(6000);
		assertThat(readers)
			.allSatisfy((reader) -> assertThat(reader.events().stream().map(Event::id)).containsExactlyElementsOf(log));
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk", "memory" })
	void whoIsCutOffAgainAndAgainHoldsTheWholeLog(String kind) {
		TopicName topic = topic(kind);
		String start = this.broker.state(CALLER, topic).position().toString();
		Load load = new Load(topic, 4, 500);

		List<CompletableFuture<List<String>>> readers = IntStream.range(0, 10)
			.mapToObj((each) -> CompletableFuture.supplyAsync(() -> readWithCuts(topic, start, 20, load),
					(task) -> Thread.ofVirtual().start(task)))
			.toList();

		load.join();
		List<String> log = log(topic);
		assertThat(log).hasSize(2000);
		assertThat(readers).allSatisfy((reader) -> assertThat(reader.join()).containsExactlyElementsOf(log));
	}

	/** Read, be cut off so often, and come back each time, until all is there. */
	private List<String> readWithCuts(TopicName topic, String start, int cuts, Load load) {
		List<String> read = new ArrayList<>();
		String last = start;
		for (int cut = 0; cut <= cuts; cut++) {
			int wanted = ThreadLocalRandom.current().nextInt(100);
			try (EventClient reader = EventClient.open(this.port, path(topic, ""), Map.of("Last-Event-ID", last))) {
				boolean isLast = cut == cuts;
				int before = read.size();
				Waiting.until("events", () -> isLast ? before + reader.events().size() >= 2000
						: reader.events().size() >= wanted || load.isDone());
				reader.close();
				reader.events().forEach((event) -> read.add(event.id()));
				last = reader.lastId().isEmpty() ? last : reader.lastId();
			}
		}
		return read;
	}

	private EventClient open(TopicName topic, String query) {
		return keep(EventClient.open(this.port, path(topic, query), Map.of()));
	}

	private EventClient open(TopicName topic, String query, Position last) {
		return keep(EventClient.open(this.port, path(topic, query), Map.of("Last-Event-ID", last.toString())));
	}

	private EventClient keep(EventClient client) {
		this.clients.add(client);
		return client;
	}

	private static String path(TopicName topic, String query) {
		return "/api/topics/%s/events?%s".formatted(topic, query);
	}

	/** Before its first event, a reader is told where it is when it is live. */
	private static void awaitLive(EventClient reader) {
		Waiting.until("the stream is live", () -> !reader.lastId().isEmpty());
	}

	private static void awaitEvents(EventClient reader, int count) {
		Waiting.until("%d events".formatted(count), () -> reader.events().size() >= count);
		assertThat(reader.events()).hasSize(count);
	}

	private double ended() {
		var counter = this.meters.find("fanfare.connections.closed").tag("reason", "closed-by-client").counter();
		return (counter != null) ? counter.count() : 0;
	}

	private static TopicName topic(String kind) {
		return new TopicName("%s.%d".formatted(kind, TOPICS.incrementAndGet()));
	}

	private List<Position> publish(TopicName topic, int count) {
		List<Draft> drafts = IntStream.range(0, count)
			.mapToObj((number) -> Draft.ofText(topic, "text " + number))
			.toList();
		return this.broker.publish(CALLER, drafts, Broker.AS_LONG_AS_IT_TAKES)
			.stream()
			.map((stored) -> stored.position())
			.toList();
	}

	private void publish(TopicName topic, Draft draft) {
		this.broker.publish(CALLER, draft);
	}

	private Publication last(TopicName topic) {
		return this.broker.find(CALLER, topic, this.broker.state(CALLER, topic).position());
	}

	private List<String> log(TopicName topic) {
		List<String> log = new ArrayList<>();
		long after = 0;
		List<Publication> page = this.broker.read(CALLER, topic, after, 1000).publications();
		while (!page.isEmpty()) {
			page.forEach((each) -> log.add(each.position().toString()));
			after = page.getLast().position().offset();
			page = this.broker.read(CALLER, topic, after, 1000).publications();
		}
		return log;
	}

	/** Publish with several publishers at once. */
	private final class Load {

		private final CompletableFuture<Void> done;

		private Load(TopicName topic, int publishers, int each) {
			this.done = CompletableFuture.allOf(IntStream.range(0, publishers)
				.mapToObj((publisher) -> CompletableFuture.runAsync(
						() -> IntStream.range(0, each).forEach((number) -> publish(topic, 1)),
						(task) -> Thread.ofVirtual().start(task)))
				.toArray(CompletableFuture[]::new));
		}

		private void join() {
			this.done.join();
		}

		private boolean isDone() {
			return this.done.isDone();
		}

	}

}
