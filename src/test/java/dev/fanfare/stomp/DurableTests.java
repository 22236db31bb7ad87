package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Durables;
import dev.fanfare.broker.StartAt;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A durable subscription goes on where its client has acknowledged, on any connection.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.broker.max-durables=40", "fanfare.stomp.max-redeliveries=1" })
class DurableTests {

	private static final AtomicInteger NAMES = new AtomicInteger();

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	@Autowired
	private Durables durables;

	private Swarm swarm;

	private TopicName topic;

	private String name;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
		this.name = "sub-" + NAMES.incrementAndGet();
		this.topic = new TopicName("durable." + this.name);
	}

	@AfterEach
	void close() {
		Reader reader = new Reader("cleaner");
		for (String client : List.of("alice", "bob")) {
			new Reader(client).unsubscribe();
		}
		reader.client.wire().vanish();
		this.swarm.close();
	}

	@Test
	void itGoesOnAfterTheLastAcknowledgedMessage() {
		Reader first = new Reader("alice");
		assertThat(first.subscribe("client").command()).isEqualTo("RECEIPT");
		publish(5);
		first.has(1, 5);
		first.ack(3);
		first.client.wire().vanish();
		publish(2);

		Reader second = new Reader("alice");
		Frame receipt = second.subscribe("client");
		publish(1);

		assertThat(receipt.header("recovered")).isEqualTo("true");
		second.has(4, 8);
	}

	@Test
	void whatWasAcknowledgedOutOfOrderIsNotSentAgain() {
		Reader first = new Reader("alice");
		first.subscribe("client-individual");
		publish(6);
		first.has(1, 6);
		List.of(1, 3, 5).forEach(first::ack);
		first.client.wire().vanish();

		Reader second = new Reader("alice");
		second.subscribe("client-individual");
		publish(1);

		Waiting.until("all that is left", () -> second.seen().contains(7L));
		assertThat(second.seen()).containsExactly(2L, 4L, 6L, 7L);
	}

	@Test
	void aNewOneMayBeginInThePast() {
		publish(4);
		Reader first = new Reader("alice");

		first.subscribe("client", "replay", "last=2");

		first.has(3, 4);
		first.client.wire().vanish();
		Reader second = new Reader("alice");
		second.subscribe("client", "replay", "all");
		second.has(3, 4);
	}

	@Test
	void eachClientHasItsOwn() {
		Reader alice = new Reader("alice");
		Reader bob = new Reader("bob");
		alice.subscribe("client");
		bob.subscribe("client");
		publish(2);
		alice.has(1, 2);
		bob.has(1, 2);
		alice.ack(2);
		bob.ack(1);
		alice.client.wire().vanish();
		bob.client.wire().vanish();
		publish(1);

		Reader aliceAgain = new Reader("alice");
		aliceAgain.subscribe("client");
		Reader bobAgain = new Reader("bob");
		bobAgain.subscribe("client");

		aliceAgain.has(3, 3);
		bobAgain.has(2, 3);
	}

	@Test
	void whoSubscribesLastHasItAndTheOtherIsTold() {
		Reader first = new Reader("alice");
		first.subscribe("client");
		publish(2);
		first.has(1, 2);

		Reader second = new Reader("alice");
		second.subscribe("client");

		first.client.closed();
		assertThat(first.client.received()).last()
			.satisfies((error) -> assertThat(error.header("type")).isEqualTo("durable-taken-over"));
		second.has(1, 2);
	}

	@Test
	void unsubscribingWithItsNameDeletesIt() {
		Reader first = new Reader("alice");
		first.subscribe("client");
		publish(2);
		first.has(1, 2);

		assertThat(first.unsubscribe().command()).isEqualTo("RECEIPT");
		Reader second = new Reader("alice");
		second.subscribe("client");
		publish(1);

		second.has(3, 3);
	}

	@Test
	void unsubscribingWithoutItsNameKeepsIt() {
		Reader first = new Reader("alice");
		first.subscribe("client");
		publish(2);
		first.has(1, 2);
		first.client.answered("UNSUBSCRIBE", Map.of("id", "1"), "");
		publish(1);

		first.subscribe("client");

		Waiting.until("all again", () -> first.seen().size() == 5);
		assertThat(first.seen()).containsExactly(1L, 2L, 1L, 2L, 3L);
	}

	@Test
	void theNameThatActiveMqGaveTheHeaderIsUnderstood() {
		Reader first = new Reader("alice");
		first.client
			.subscribing("1",
					Map.of("destination", "/topic/" + this.topic, "ack", "client", "activemq.subscriptionName",
							this.name),
					first::take)
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		first.client.wire().vanish();
		publish(1);

		Reader second = new Reader("alice");
		second.subscribe("client");

		second.has(1, 1);
	}

	@Test
	void aMessageThatIsGivenUpIsDoneWith() {
		Reader first = new Reader("alice");
		first.subscribe("client-individual");
		publish(1);
		Waiting.until("the message", () -> first.frames.size() == 1);
		first.client.frame("NACK", Map.of("id", first.frames.getLast().header("ack")), new byte[0]);
		Waiting.until("it again", () -> first.frames.size() == 2);
		first.client.answered("NACK", Map.of("id", first.frames.getLast().header("ack")), "");
		first.client.wire().vanish();
		publish(1);

		Reader second = new Reader("alice");
		second.subscribe("client-individual");

		second.has(2, 2);
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThat(new Reader("alice").subscribe("auto").header("type")).isEqualTo("invalid-header");
		assertThat(new Reader(null).subscribe("client").header("type")).isEqualTo("missing-header");
		Reader first = new Reader("alice");
		first.subscribe("client");
		Frame other = new Reader("alice").client.subscribing("1",
				Map.of("destination", "/topic/other", "ack", "client", "durable-subscription-name", this.name),
				(frame) -> {
				})
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		assertThat(other.header("type")).isEqualTo("durable-of-another-topic");
		assertThat(other.body()).contains(this.topic.value());
		Frame unknown = new Reader("alice").client.answered("UNSUBSCRIBE",
				Map.of("id", "9", "durable-subscription-name", "nobody"), "");
		assertThat(unknown.header("type")).isEqualTo("unknown-durable");
	}

	@Test
	void anOperatorListsAndDeletesThem() {
		Reader first = new Reader("alice");
		first.subscribe("client");
		publish(2);
		first.has(1, 2);
		first.ack(1);
		HttpPublisher http = new HttpPublisher(this.port);

		String listed = http.get("/api/durable-subscriptions").body();
		int deleted = http.delete("/api/durable-subscriptions?owner=client:alice&name=" + this.name).statusCode();

		assertThat(listed).contains("\"owner\":\"client:alice\"", "\"name\":\"%s\"".formatted(this.name), ":1\"",
				"\"inUse\":true");
		assertThat(deleted).isEqualTo(204);
		first.client.closed();
		assertThat(http.get("/api/durable-subscriptions").body()).doesNotContain(this.name);
		assertThat(http.delete("/api/durable-subscriptions?owner=client:alice&name=" + this.name).body())
			.contains("unknown-durable");
		assertThat(http.delete("/api/durable-subscriptions?owner=&name=x").body()).contains("invalid-durable-name");
	}

	@Test
	void guestsTakeHalfOfThemAndUsersTheOthers() {
		Frame last = null;
		for (int number = 0; number <= 20; number++) {
			Reader reader = new Reader("many-" + number);
			last = reader.subscribe("client");
		}

		assertThat(last.header("type")).isEqualTo("too-many-durables");
		CursorName ofUser = new CursorName("user:ann", "mine");
		this.durables.close(this.durables.open(new Caller.User("ann"), ofUser, this.topic, new StartAt.Live(),
				StartAt.IfLost.OLDEST, (refusal) -> {
				}));
		this.durables.delete(ofUser);
		for (int number = 0; number < 20; number++) {
			new Reader("many-" + number).unsubscribe();
		}
	}

	private void publish(int count) {
		IntStream.range(0, count)
			.forEach((number) -> this.broker.publish(new Caller.Application(), Draft.ofText(this.topic, "text")));
	}

	private final class Reader {

		private final StompClient client;

		private final List<Frame> frames = new CopyOnWriteArrayList<>();

		private Reader(String id) {
			this.client = StompClient.connect(DurableTests.this.swarm,
					(id != null) ? Map.of("client-id", id) : Map.of(), Map.of());
			this.client.connected();
		}

		private Frame subscribe(String ack, String... headers) {
			Map<String, String> all = new LinkedHashMap<>(Map.of("destination", "/topic/" + DurableTests.this.topic,
					"ack", ack, "durable-subscription-name", DurableTests.this.name));
			for (int at = 0; at < headers.length; at += 2) {
				all.put(headers[at], headers[at + 1]);
			}
			return this.client.subscribing("1", all, this::take).orTimeout(30, TimeUnit.SECONDS).join();
		}

		private Frame unsubscribe() {
			return this.client.answered("UNSUBSCRIBE",
					Map.of("id", "1", "durable-subscription-name", DurableTests.this.name), "");
		}

		private void take(Frame frame) {
			this.frames.add(frame.copy());
		}

		private void ack(long offset) {
			Frame message = this.frames.stream().filter((frame) -> offset(frame) == offset).findFirst().orElseThrow();
			assertThat(this.client.answered("ACK", Map.of("id", message.header("ack")), "").command())
				.isEqualTo("RECEIPT");
		}

		private List<Long> seen() {
			return this.frames.stream().map(Reader::offset).toList();
		}

		private static long offset(Frame frame) {
			return Position.parse(frame.header("message-id")).offset();
		}

		private void has(long first, long last) {
			Waiting.until("offset " + last, () -> !this.frames.isEmpty() && seen().getLast() >= last);
			assertThat(seen()).isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
		}

	}

}
