package dev.fanfare.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Floods of small things are read no faster than bytes may come, and end in errors. */
@SmallLimits
class FrameFloodTests {

	/** Frames of 64 bytes each that take twice the burst of a connection. */
	private static final int MANY = 16_000;

	@LocalServerPort
	private int port;

	private Attack attack;

	@BeforeEach
	void begin() {
		this.attack = new Attack(this.port);
	}

	@AfterEach
	void end() {
		this.attack.close();
	}

	@Test
	void pingsAreAnsweredNoFasterThanBytesMayCome() {
		StompClient client = this.attack.client();
		long began = System.nanoTime();

		flood(() -> client.wire().send(0x9, new byte[0]));
		this.attack.othersAreServed();

		assertThat(client.answered("SEND", Map.of("destination", "/topic/t"), "x").command()).isEqualTo("RECEIPT");
		// Half of it is the burst, the other half comes at 128 KB a second.
		assertThat(System.nanoTime() - began).isGreaterThan(3_500_000_000L);
	}

	@Test
	void emptyHeartbeatsAreNoBurden() {
		StompClient client = this.attack.client();

		flood(client::beat);
		client.wire().send(newlines());
		this.attack.othersAreServed();
	}

	@Test
	void tinyFragmentsOfAMessageThatNeverEndsHaveABound() {
		StompClient client = this.attack.client();
		byte[] part = new byte[16 * 1024];
		Arrays.fill(part, (byte) 'x');

		client.wire().sendFlagged(0x1, "SEND\ndestination:/topic/t\n\n".getBytes());
		for (int fragment = 0; fragment < 1000; fragment++) {
			client.wire().sendFlagged(0x0, new byte[] { 'x' });
		}
		this.attack.othersAreServed();
		for (int fragment = 0; fragment < 17; fragment++) {
			client.wire().sendFlagged(0x0, part);
		}

		assertThat(client.closed().code()).isEqualTo(1009);
		this.attack.othersAreServed();
	}

	@Test
	void aFrameThatNeverEndsOverManyMessagesHasABound() {
		StompClient client = this.attack.client();
		byte[] part = new byte[16 * 1024];
		Arrays.fill(part, (byte) 'x');

		client.wire().send("SEND\ndestination:/topic/t\n\n".getBytes());
		for (int message = 0; message < 5; message++) {
			client.wire().send(part);
		}

		assertThat(client.closed().code()).isEqualTo(1002);
		assertThat(client.received()).singleElement()
			.satisfies((frame) -> assertThat(frame.header("type")).isEqualTo("payload-too-large"));
		this.attack.othersAreServed();
	}

	@Test
	void headersThatNeverEndHaveABound() {
		StompClient client = this.attack.client();

		client.wire().send(("SEND\ndestination:/topic/t\n" + "h:v\n".repeat(100)).getBytes());

		assertThat(client.closed().code()).isEqualTo(1002);
		assertThat(client.received()).singleElement()
			.satisfies((frame) -> assertThat(frame.header("type")).isEqualTo("too-many-headers"));
	}

	@Test
	void connectionsThatSendMoreThanTheirAddressMayAreClosed() {
		byte[] much = new byte[200 * 1024];
		Arrays.fill(much, (byte) '\n');
		List<StompClient> clients = new ArrayList<>();
		for (int number = 0; number < 20; number++) {
			clients.add(this.attack.client());
		}

		for (int message = 0; message < 3; message++) {
			clients.forEach((client) -> client.wire().send(much));
		}

		Waiting.until("one is closed", () -> clients.stream().anyMatch((client) -> client.wire().closed().isDone()));
		assertThat(clients).filteredOn((client) -> client.wire().closed().isDone()).allSatisfy((client) -> {
			assertThat(client.closed().code()).isEqualTo(1013);
			assertThat(client.closed().reason()).contains("limit reached", "address.bytes-in");
		});
		this.attack.othersAreServed();
	}

	@Test
	void aConnectionThatIsSentMoreThanItMayIsClosed() {
		StompClient reader = this.attack.client().subscribe("1", "/topic/much");
		StompClient modest = this.attack.client();
		StompClient publisher = StompClient.connect(this.attack.others());
		publisher.connected();

		// What goes out between two ticks is let through once there is a burst, so that
		// it may take another one.
		Waiting.until("the reader is closed", () -> {
			publisher.answered("SEND", Map.of("destination", "/topic/much"), "x".repeat(60_000));
			return reader.wire().closed().isDone();
		});

		assertThat(reader.closed().code()).isEqualTo(1013);
		assertThat(reader.closed().reason()).contains("limit reached", "connection.bytes-out");
		assertThat(modest.answered("SEND", Map.of("destination", "/topic/t"), "x").command()).isEqualTo("RECEIPT");
		this.attack.othersAreServed();
	}

	@Test
	void manyKeysAndTopicsOfOneGuestAreNoMoreThanItsPublications() {
		StompClient client = this.attack.client();
		for (int number = 0; number < 45; number++) {
			client.frame("SEND", Map.of("destination", "/topic/mine." + number, "idempotency-key", "k" + number),
					new byte[] { 'x' });
		}
		this.attack.othersAreServed();

		// 40 at once, and the others 50 ms apart: what one guest takes of the keys and
		// topics that there may be is bounded by time.
		assertThat(client.answered("SEND", Map.of("destination", "/topic/mine"), "x").command()).isEqualTo("RECEIPT");
	}

	private static void flood(Runnable frame) {
		for (int sent = 0; sent < MANY; sent++) {
			frame.run();
		}
	}

	private static byte[] newlines() {
		byte[] newlines = new byte[10_000];
		Arrays.fill(newlines, (byte) '\n');
		return newlines;
	}

}
