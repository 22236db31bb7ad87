package dev.fanfare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What hundreds of clients begin and do not end is more than the heap, and fills a part
 * of it only.
 */
class FloodIT {

	private static final int HEAP_MB = 96;

	private static final int ADDRESSES = 4;

	private static final int CLIENTS = 150;

	private static final int PIECES = 15;

	private static final byte[] PIECE = new byte[16 * 1024];

	static {
		Arrays.fill(PIECE, (byte) 'x');
	}

	private final List<Swarm> swarms = new ArrayList<>();

	private ServerProcess server;

	@BeforeEach
	void start() {
		// The process ends at once when memory runs out.
		this.server = ServerProcess.start(HEAP_MB + "m", "fanfare.limits.exempt=127.0.0.1");
	}

	@AfterEach
	void stop() {
		this.swarms.forEach(Swarm::close);
		this.server.close();
	}

	@Test
	void messagesAndTransactionsThatNeverEndDoNotFillTheHeap() {
		StompClient other = StompClient.connect(swarm("127.0.0.1")).subscribe("s", "/topic/others");
		List<CompletableFuture<?>> handled = new ArrayList<>();
		List<StompClient> attackers = new ArrayList<>();
		for (int address = 1; address <= ADDRESSES; address++) {
			Swarm swarm = swarm("127.0.1." + address);
			for (int number = 0; number < CLIENTS; number++) {
				StompClient attacker = StompClient.connect(swarm);
				attacker.connected();
				attackers.add(attacker);
				if (number % 2 == 0) {
					beginMessage(attacker);
				}
				else {
					beginTransaction(attacker);
				}
				handled.add(CompletableFuture.anyOf(attacker.ping(), attacker.wire().closed()));
			}
		}

		Waiting.until("all of it was handled", () -> handled.stream().allMatch(CompletableFuture::isDone));
		assertThat(attackers).anyMatch((attacker) -> attacker.wire().closed().isDone());
		assertThat(this.server.metric("fanfare.limits.refused", "limit:unfinished")).isPositive();
		assertThat(this.server.metric("fanfare.limits.unfinished")).isBetween(1e6, HEAP_MB * 1024 * 1024 / 8.0);
		assertThat(other.answered("SEND", Map.of("destination", "/topic/others"), "still here").command())
			.isEqualTo("RECEIPT");
		Waiting.until("it arrives", () -> !other.received().isEmpty());
		assertThat(this.server.isAlive()).isTrue();

		this.swarms.subList(1, this.swarms.size()).forEach(Swarm::close);
		Waiting.until("nothing of it is kept", () -> this.server.metric("fanfare.limits.unfinished") == 0);
	}

	private static void beginMessage(StompClient client) {
		client.wire().sendFlagged(0x1, "SEND\ndestination:/topic/t\n\n".getBytes());
		for (int piece = 0; piece < PIECES; piece++) {
			client.wire().sendFlagged(0x0, PIECE);
		}
	}

	private static void beginTransaction(StompClient client) {
		client.frame("BEGIN", Map.of("transaction", "t"), new byte[0]);
		for (int piece = 0; piece < PIECES; piece++) {
			client.frame("SEND", Map.of("destination", "/topic/t", "transaction", "t"), PIECE);
		}
	}

	private Swarm swarm(String address) {
		Swarm swarm = Swarm.from(address, this.server.port());
		this.swarms.add(swarm);
		return swarm;
	}

}
