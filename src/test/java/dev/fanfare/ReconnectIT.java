package dev.fanfare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.Latencies;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of clients that come back at once are served, and those who are in notice
 * little.
 */
class ReconnectIT {

	private static final int CLIENTS = 5000;

	private static final int READERS = 20;

	private ServerProcess server;

	private Swarm swarm;

	@BeforeEach
	void start() {
		this.server = ServerProcess.start("128m");
		this.swarm = new Swarm(this.server.port());
	}

	@AfterEach
	void stop() {
		this.swarm.close();
		this.server.close();
	}

	@Test
	void allOfThemAreServedWhilePublicationsGoOn() {
		var topic = new TopicRecord("news");
		Audience.of(READERS, this.swarm, topic);
		StompClient publisher = StompClient.connect(this.swarm);
		publisher.connected();
		AtomicInteger published = new AtomicInteger();
		Latencies latencies = topic.measure();

		try (var clock = Executors.newSingleThreadScheduledExecutor(); Swarm crowd = new Swarm(this.server.port())) {
			var pace = clock.scheduleAtFixedRate(() -> publish(publisher, topic, published), 0, 20,
					TimeUnit.MILLISECONDS);
			List<CompletableFuture<Frame>> subscribed = storm(crowd);

			Waiting.until("all are in", () -> subscribed.stream().allMatch(CompletableFuture::isDone));
			assertThat(subscribed).allSatisfy((each) -> assertThat(each.join().command()).isEqualTo("RECEIPT"));
			assertThat(this.server.metric("fanfare.connections")).isEqualTo(CLIENTS + READERS + 1);
			pace.cancel(false);
			Waiting.until("all is delivered", () -> topic.acceptedCount() == published.get() && topic.isComplete());
		}

		assertThat(topic.faults()).isEmpty();
		assertThat(latencies.quantile(0.99)).as("%s", latencies).isLessThan(Duration.ofSeconds(3));
		assertThat(this.server.metric("jvm.memory.used", "area:heap")).isLessThan(128e6);
	}

	/** Open all connections at once; each subscribes as soon as it is in. */
	private static List<CompletableFuture<Frame>> storm(Swarm crowd) {
		List<CompletableFuture<Frame>> subscribed = new ArrayList<>();
		for (int client = 0; client < CLIENTS; client++) {
			StompClient each = StompClient.connect(crowd);
			subscribed
				.add(each.connecting().thenCompose((connected) -> each.subscribing("1", "/topic/quiet", (frame) -> {
				})));
		}
		return subscribed;
	}

	private static void publish(StompClient publisher, TopicRecord topic, AtomicInteger published) {
		published.incrementAndGet();
		String body = topic.body(128);
		publisher.request("SEND", Map.of("destination", topic.destination()), body)
			.thenAccept((receipt) -> topic.accepted(body, receipt.header("position")));
	}

}
