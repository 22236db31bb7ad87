package dev.fanfare.foreign;

import java.util.List;

import dev.fanfare.foreign.SpringClient.Received;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.stomp.StompCommand;

import static org.assertj.core.api.Assertions.assertThat;

/** Spring's STOMP client can do all that STOMP can. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.stomp.heartbeat=500ms")
class SpringClientTests {

	@LocalServerPort
	private int port;

	private SpringClient client;

	@AfterEach
	void nothingTroubledTheClient() {
		assertThat(this.client.failures()).isEmpty();
		this.client.close();
	}

	@Test
	void itHearsWhatItPublishesAndGetsAReceiptOfEach() {
		this.client = new SpringClient(this.port, 0);
		List<Received> received = this.client.subscribe("/topic/spring-news", "auto", 10);

		String position = this.client.publish("/topic/spring-news", "你好 ✓").getFirst("position");

		Waiting.until("the message has come", () -> !received.isEmpty());
		assertThat(texts(received)).containsExactly("你好 ✓");
		assertThat(received.getFirst().headers().getMessageId()).isEqualTo(position);
		assertThat(received.getFirst().headers().getContentType()).hasToString("text/plain");
	}

	@Test
	void anAckSpeaksForAllThatCameBefore() {
		this.client = new SpringClient(this.port, 0);
		List<Received> received = this.client.subscribe("/topic/spring-client", "client", 2);
		publishAndHear("/topic/spring-client", "1", "2", "3", "4");
		assertThat(texts(received)).containsExactly("1", "2");

		this.client.acknowledge(received.get(1), true);

		Waiting.until("there was room for two more", () -> received.size() == 4);
		assertThat(texts(received)).containsExactly("1", "2", "3", "4");
	}

	@Test
	void anAckSpeaksForItselfAloneAndWhatIsRefusedComesAgain() {
		this.client = new SpringClient(this.port, 0);
		List<Received> received = this.client.subscribe("/topic/spring-individual", "client-individual", 2);
		publishAndHear("/topic/spring-individual", "1", "2", "3", "4");
		assertThat(texts(received)).containsExactly("1", "2");

		this.client.acknowledge(received.get(1), true);
		Waiting.until("there was room for one more", () -> received.size() == 3);
		this.client.acknowledge(received.getFirst(), false);
		Waiting.until("the first has come again", () -> received.size() == 4);
		this.client.acknowledge(received.getLast(), true);
		Waiting.until("there was room for the last", () -> received.size() == 5);

		assertThat(texts(received)).containsExactly("1", "2", "3", "1", "4");
		assertThat(received).extracting((each) -> each.headers().getFirst("redelivered"))
			.containsExactly(null, null, null, "1", null);
	}

	@Test
	void aTransactionIsSeenWhenItIsCommittedAndNotWhenItIsAborted() {
		this.client = new SpringClient(this.port, 0);
		List<Received> received = this.client.subscribe("/topic/spring-transaction", "auto", 10);

		for (String name : List.of("lost", "kept")) {
			this.client.transaction(StompCommand.BEGIN, name);
			this.client.publishIn(name, "/topic/spring-transaction", name + " 1");
			this.client.publishIn(name, "/topic/spring-transaction", name + " 2");
		}
		this.client.publish("/topic/spring-transaction", "between");
		this.client.transaction(StompCommand.ABORT, "lost");
		this.client.transaction(StompCommand.COMMIT, "kept");
		this.client.publish("/topic/spring-transaction", "after");

		Waiting.until("the last has come", () -> texts(received).contains("after"));
		assertThat(texts(received)).containsExactly("between", "kept 1", "kept 2", "after");
	}

	@Test
	void heartbeatsOfBothSidesKeepItConnected() {
		this.client = new SpringClient(this.port, 500);
		List<Received> received = this.client.subscribe("/topic/spring-alive", "auto", 10);

		// By then a silent client would have been closed: it may be silent for two.
		Waiting.until("the server has beaten eight times", () -> this.client.beats() >= 8);
		this.client.publish("/topic/spring-alive", "still here");

		Waiting.until("the message has come", () -> !received.isEmpty());
		assertThat(this.client.isConnected()).isTrue();
	}

	@Test
	void everyByteComesAsItWasSent() {
		this.client = new SpringClient(this.port, 0);
		List<Received> received = this.client.subscribe("/topic/spring-bytes", "auto", 10);
		byte[] bytes = new byte[256];
		for (int value = 0; value < bytes.length; value++) {
			bytes[value] = (byte) value;
		}

		this.client.publish("/topic/spring-bytes", bytes);

		Waiting.until("the bytes have come", () -> !received.isEmpty());
		assertThat(received.getFirst().body()).isEqualTo(bytes);
	}

	/** Publish, and wait until a subscription that waits for nothing has heard all. */
	private void publishAndHear(String destination, String... texts) {
		List<Received> all = this.client.subscribe(destination, "auto", 10);
		for (String text : texts) {
			this.client.publish(destination, text);
		}
		Waiting.until("all are heard", () -> all.size() == texts.length);
	}

	private static List<String> texts(List<Received> received) {
		return received.stream().map(Received::text).toList();
	}

}
