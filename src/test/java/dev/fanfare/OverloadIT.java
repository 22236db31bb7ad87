package dev.fanfare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Latencies;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Storm;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Publishers who offer far more than can be delivered are held back, and harm nobody. */
class OverloadIT {

	private static final int READERS = 200;

	private static final Duration STORM = Duration.ofSeconds(30);

	private static final int BODY = 1024;

	/** The heap of the server and a third as much beside it, in bytes. */
	private static final double MOST_MEMORY = 256e6;

	@Test
	void whatIsAcceptedInAStormIsDeliveredOnceAndInOrderWithinBoundedMemory() throws InterruptedException {
		// Room for nine publications and twenty publishers: some wait, be it for the disk
		// or for the readers.
		try (var server = ServerProcess.start("192m", "fanfare.http.patience=1ms", "fanfare.broker.intake-limit=2MB");
				var swarm = new Swarm(server.port())) {
			var one = new TopicRecord("one");
			var two = new TopicRecord("two");
			List<StompClient> audience = Audience.of(READERS, swarm, one, two);
			var http = new HttpPublisher(server.port());
			Latencies before = probe(http, one);

			var storm = new Storm(server.port(), swarm).stomp(4, alternating(one, two), BODY)
				.http(16, alternating(one, two), BODY);
			List<Double> memory = memoryDuring(STORM, server);
			storm.stop();
			Waiting.until("everything accepted is delivered", () -> one.isComplete() && two.isComplete());
			Latencies after = probe(http, one);

			assertThat(storm.faults()).isEmpty();
			assertThat(storm.refused()).as("HTTP publishers sent away with 503").isPositive();
			assertThat(storm.accepted()).as("HTTP publishers served").isPositive();
			assertThat(one.faults()).isEmpty();
			assertThat(two.faults()).isEmpty();
			assertThat(audience).noneMatch((client) -> client.wire().closed().isDone());
			assertThat(memory).isNotEmpty().allMatch((bytes) -> bytes < MOST_MEMORY);
			assertThat(after.quantile(0.9)).as("Before: %s. After: %s", before, after)
				.isLessThan(before.quantile(0.9).multipliedBy(5).plusMillis(50));
		}
	}

	/** Publish one at a time, each when the last has come to everybody. */
	private static Latencies probe(HttpPublisher http, TopicRecord topic) {
		Latencies latencies = topic.measure();
		for (int number = 0; number < 20; number++) {
			assertThat(http.publish(topic, BODY).statusCode()).isEqualTo(201);
			Waiting.until("the probe has come", topic::isComplete);
		}
		return latencies;
	}

	private static List<Double> memoryDuring(Duration duration, ServerProcess server) throws InterruptedException {
		List<Double> memory = new ArrayList<>();
		for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; Thread.sleep(500)) {
			memory.add(server.metric("jvm.memory.used", "area:heap")
					+ server.metric("jvm.buffer.memory.used", "id:direct"));
		}
		return memory;
	}

	private static Supplier<TopicRecord> alternating(TopicRecord one, TopicRecord two) {
		AtomicInteger turn = new AtomicInteger();
		return () -> (turn.getAndIncrement() % 2 == 0) ? one : two;
	}

}
