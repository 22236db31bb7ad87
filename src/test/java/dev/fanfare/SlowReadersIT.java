package dev.fanfare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.Latencies;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers who stop reading change nothing for the others. */
class SlowReadersIT {

	private static final int BODY = 16 * 1024;

	private static final long INTERVAL_MILLIS = 20;

	private ServerProcess server;

	private Swarm swarm;

	private void start(String... settings) {
		this.server = ServerProcess.start("128m", settings);
		this.swarm = new Swarm(this.server.port());
	}

	@AfterEach
	void stop() {
		this.swarm.close();
		this.server.close();
	}

	@Test
	void fourStuckReadersOfAHundredAreClosedAndTheOthersNoticeNothing() {
		// A stuck client that reads again within the close timeout sees how it was
		// closed.
		start("fanfare.websocket.close-timeout=60s");
		var topic = new TopicRecord("news");
		var missed = new TopicRecord("news");
		Audience.of(96, this.swarm, topic);
		List<StompClient> stuck = Audience.of(4, this.swarm, missed);
		StompClient publisher = StompClient.connect(this.swarm);
		publisher.connected();

		Latencies before = offer(publisher, topic, 5);
		stuck.forEach((client) -> client.wire().stopReading());
		List<String> lanes = new ArrayList<>();
		Latencies during = offer(publisher, topic, 15, () -> lanes.addAll(this.server.threads("lane-")));

		assertThat(topic.faults()).isEmpty();
		assertThat(during.count()).isEqualTo(96 * 750);
		assertThat(during.quantile(0.99)).as("Before: %s. During: %s", before, during)
			.isLessThan(before.quantile(0.99).multipliedBy(5).plusMillis(50));
		assertThat(lanes).isNotEmpty().noneMatch(SlowReadersIT::isHeldUp);
		assertThat(this.server.metric("jvm.memory.used", "area:heap")).isLessThan(128e6);
		stuck.forEach((client) -> client.wire().resumeReading());
		assertThat(stuck).allSatisfy((client) -> {
			Wire.Close close = client.closed();
			assertThat(close.code()).isEqualTo(1013);
			assertThat(close.reason()).startsWith("slow reader");
		});
		assertThat(missed.readers()).allSatisfy((reader) -> assertThat(reader.count()).isLessThan(1000));
		Waiting.until("the ends are counted", () -> closedAsSlow() == 4);
		assertThat(this.server.metric("fanfare.connections")).isEqualTo(97);
	}

	@Test
	void aReaderWhoIsStuckForGoodIsCutOff() {
		start("fanfare.websocket.close-timeout=500ms");
		var topic = new TopicRecord("news");
		StompClient stuck = Audience.of(1, this.swarm, new TopicRecord("news")).getFirst();
		StompClient publisher = StompClient.connect(this.swarm);
		publisher.connected();

		stuck.wire().stopReading();
		offer(publisher, topic, 4);

		Waiting.until("the end is counted", () -> closedAsSlow() == 1);
		assertThat(this.server.metric("fanfare.connections")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, BODY })
	void clientsThatNeverReadTheirAnswersAreCutOffHoweverSmallOrLargeTheyAre(int bytes) {
		// Millions of empty answers fit into the operating system's usual buffers.
		start("fanfare.websocket.close-timeout=500ms", "fanfare.websocket.send-buffer=8KB",
				"fanfare.websocket.patience=300ms");
		try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Wire> deaf = Stream.generate(() -> deaf(this.swarm)).limit(30).toList();
			byte[] body = new byte[bytes];

			// Until they are cut off: far more than the heap, if it were all kept.
			deaf.forEach((wire) -> senders.execute(() -> {
				while (!wire.closed().isDone()) {
					wire.send(body);
				}
			}));

			try {
				Waiting.until("their ends are counted", () -> closedAsSlow() == deaf.size());
			}
			finally {
				deaf.forEach(Wire::vanish);
			}
		}
	}

	private static Wire deaf(Swarm swarm) {
		Wire wire = swarm.open("/", Map.of(), 4096, (same, text, payload) -> {
		});
		wire.handshake().join();
		wire.stopReading();
		return wire;
	}

	private double closedAsSlow() {
		return this.server.metric("fanfare.connections.closed", "reason:slow-reader");
	}

	private static Latencies offer(StompClient publisher, TopicRecord topic, int seconds) {
		return offer(publisher, topic, seconds, () -> {
		});
	}

	/**
	 * Publish at a steady pace, look at the server every half second, wait for the last
	 * delivery.
	 */
	private static Latencies offer(StompClient publisher, TopicRecord topic, int seconds, Runnable look) {
		Latencies latencies = topic.measure();
		long all = topic.acceptedCount() + seconds * 50L;
		AtomicInteger left = new AtomicInteger(seconds * 50);
		try (var clock = Executors.newScheduledThreadPool(2)) {
			var looking = clock.scheduleAtFixedRate(look, 500, 500, TimeUnit.MILLISECONDS);
			var pace = clock.scheduleAtFixedRate(() -> {
				if (left.getAndDecrement() > 0) {
					publish(publisher, topic);
				}
			}, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
			Waiting.until("all is offered and delivered", () -> topic.acceptedCount() == all && topic.isComplete());
			pace.cancel(false);
			looking.cancel(false);
		}
		return latencies;
	}

	private static void publish(StompClient publisher, TopicRecord topic) {
		String body = topic.body(BODY);
		publisher.request("SEND", Map.of("destination", topic.destination()), body)
			.thenAccept((receipt) -> topic.accepted(body, receipt.header("position")));
	}

	/** A lane waits for its mailbox alone. */
	private static boolean isHeldUp(String thread) {
		return thread.startsWith("BLOCKED")
				|| thread.contains("WAITING") && !thread.contains("dev.fanfare.broker.Lane.take");
	}

}
