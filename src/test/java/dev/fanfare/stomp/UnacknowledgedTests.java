package dev.fanfare.stomp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not acknowledged is bounded, sent again when it is refused, and given up in the
 * end. Each test has a topic of its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.stomp.max-redeliveries=2", "fanfare.topics[0].pattern=none.**",
				"fanfare.topics[0].durability=none", "fanfare.topics[1].pattern=**" })
@Import(UnacknowledgedTests.GivenUp.class)
class UnacknowledgedTests {

	@LocalServerPort
	private int port;

	@Autowired
	private GivenUp givenUp;

	@Autowired
	private MeterRegistry meters;

	private Swarm swarm;

	private StompClient publisher;

	private StompClient client;

	private String destination;

	@BeforeEach
	void open() {
		this.destination = "/topic/" + System.nanoTime();
		this.swarm = new Swarm(this.port);
		this.client = StompClient.connect(this.swarm);
		this.client.connected();
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void noMoreThanTheWindowIsSentUntilOneIsAcknowledged() {
		subscribe("client-individual", 2);

		publish("a", "b", "c", "d");
		assertThat(bodies()).containsExactly("a", "b");
		acknowledge("ACK", "b");
		settle();

		assertThat(bodies()).containsExactly("a", "b", "c");
	}

	@Test
	void anAckInClientModeSpeaksForAllBefore() {
		subscribe("client", 3);

		publish("a", "b", "c", "d", "e", "f");
		acknowledge("ACK", "b");
		settle();

		assertThat(bodies()).containsExactly("a", "b", "c", "d", "e");
		assertThat(acknowledge("ACK", "a").header("type")).isEqualTo("unknown-message");
	}

	@Test
	void anAckInIndividualModeSpeaksForItselfAlone() {
		subscribe("client-individual", 3);

		publish("a", "b", "c");
		acknowledge("ACK", "c");

		assertThat(acknowledge("ACK", "a").command()).isEqualTo("RECEIPT");
		assertThat(acknowledge("ACK", "b").command()).isEqualTo("RECEIPT");
	}

	@Test
	void whatIsRefusedIsSentAgainAndSaysSo() {
		subscribe("client-individual", 10);

		publish("a", "b");
		acknowledge("NACK", "a");
		settle();

		assertThat(bodies()).containsExactly("a", "b", "a");
		assertThat(this.client.received()).extracting((frame) -> frame.header("redelivered"))
			.containsExactly("", "", "1");
		assertThat(this.client.received()).extracting((frame) -> frame.header("ack")).doesNotContain("");
		assertThat(acknowledge("ACK", "a").command()).isEqualTo("RECEIPT");
	}

	@Test
	void aRefusalInClientModeSpeaksForAllBeforeAndKeepsTheirOrder() {
		subscribe("client", 10);

		publish("a", "b", "c");
		acknowledge("NACK", "b");
		settle();

		assertThat(bodies()).containsExactly("a", "b", "c", "a", "b");
	}

	@Test
	void whatIsRefusedTooOftenIsGivenUpAndTold() {
		double before = counted();
		subscribe("client-individual", 1);

		publish("a", "b");
		for (int count = 0; count < 3; count++) {
			acknowledge("NACK", "a");
		}
		settle();

		assertThat(bodies()).containsExactly("a", "a", "a", "b");
		assertThat(this.client.received()).extracting((frame) -> frame.header("redelivered"))
			.containsExactly("", "1", "2", "");
		assertThat(counted()).isEqualTo(before + 1);
		assertThat(this.givenUp.of(this.destination)).singleElement().satisfies((event) -> {
			assertThat(event.messageId()).isEqualTo(this.client.received().getFirst().header("message-id"));
			assertThat(event.subscription()).isEqualTo("1");
			assertThat(event.session()).isEqualTo(this.client.connected().header("session"));
			assertThat(event.body()).asString().isEqualTo("a");
		});
	}

	@Test
	void aWindowThatIsNeverEmptiedHoldsNoMoreThanTheOutboxMayWhereTheTopicKeepsNothing() {
		this.destination = "/topic/none." + System.nanoTime();
		subscribe("client", 1);
		String large = "x".repeat(60_000);

		for (int count = 0; count < 20; count++) {
			this.publisher.answered("SEND", Map.of("destination", this.destination), large);
		}

		assertThat(this.client.closed().code()).isEqualTo(1013);
		assertThat(bodies()).hasSize(1);
		assertThat(this.publisher.answered("SEND", Map.of("destination", this.destination), "x").command())
			.isEqualTo("RECEIPT");
	}

	@Test
	void whatWasAcknowledgedTakesNoRoom() {
		subscribe("client", 1);
		String large = "x".repeat(60_000);

		for (int count = 1; count <= 20; count++) {
			this.publisher.answered("SEND", Map.of("destination", this.destination), large);
			int sent = count;
			Waiting.until("it has come", () -> this.client.received().size() == sent);
			acknowledge(this.client.received().getLast(), "ACK");
		}

		assertThat(this.client.wire().closed()).isNotDone();
	}

	private void subscribe(String mode, int window) {
		this.client.answered("SUBSCRIBE", Map.of("id", "1", "destination", this.destination, "ack", mode,
				"prefetch-count", Integer.toString(window)), "");
		this.publisher = StompClient.connect(this.swarm);
		this.publisher.connected();
	}

	private void publish(String... bodies) {
		for (String body : bodies) {
			this.publisher.answered("SEND", Map.of("destination", this.destination), body);
		}
		settle();
	}

	/** Acknowledge the latest message of that body. */
	private Frame acknowledge(String command, String body) {
		Frame message = this.client.received()
			.reversed()
			.stream()
			.filter((frame) -> frame.body().equals(body))
			.findFirst()
			.orElseThrow();
		return acknowledge(message, command);
	}

	private Frame acknowledge(Frame message, String command) {
		return this.client.answered(command, Map.of("id", message.header("ack")), "");
	}

	/**
	 * Wait until all that was published, and all that the client's frames brought about,
	 * has come.
	 */
	private void settle() {
		String other = this.destination + ".settled";
		String id = "settle-" + System.nanoTime();
		List<Frame> marks = new CopyOnWriteArrayList<>();
		this.client.subscribe(id, other, (frame) -> marks.add(frame.copy()));
		this.client.answered("SEND", Map.of("destination", other), "mark");
		Waiting.until("what was on its way has come", () -> !marks.isEmpty());
		this.client.answered("UNSUBSCRIBE", Map.of("id", id), "");
	}

	private List<String> bodies() {
		return this.client.received().stream().map(Frame::body).toList();
	}

	private double counted() {
		return this.meters.counter("fanfare.deliveries.given.up").count();
	}

	/** Keep what the application is told. */
	static class GivenUp {

		private final List<MessageGivenUp> events = new CopyOnWriteArrayList<>();

		@EventListener
		void note(MessageGivenUp event) {
			this.events.add(event);
		}

		private List<MessageGivenUp> of(String destination) {
			return this.events.stream().filter((event) -> event.destination().equals(destination)).toList();
		}

	}

}
