package dev.fanfare;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.fanfare.testing.Audience;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.TopicRecord;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many subscribers and several publishers agree on what happened. */
class FanoutOrderIT {

	private static final int SUBSCRIBERS = 1000;

	private static final int EACH = 500;

	@Test
	void everySubscriberSeesEachPublicationOnceAndInOneOrder() {
		try (var server = ServerProcess.start("256m"); var swarm = new Swarm(server.port())) {
			var topic = new TopicRecord("order");
			List<StompClient> audience = Audience.of(SUBSCRIBERS, swarm, topic);
			var http = new HttpPublisher(server.port());

			together(() -> publish(StompClient.connect(swarm), topic), () -> publish(StompClient.connect(swarm), topic),
					() -> publish(http, topic), () -> publish(http, topic));
			Waiting.until("everybody has everything", topic::isComplete);

			assertThat(topic.acceptedCount()).isEqualTo(4 * EACH);
			assertThat(topic.lastAccepted()).isEqualTo(4 * EACH);
			assertThat(topic.distinctUpTo(4 * EACH)).isEqualTo(4 * EACH);
			assertThat(topic.readers()).hasSize(SUBSCRIBERS)
				.allSatisfy((reader) -> assertThat(reader.count()).isEqualTo(4 * EACH));
			assertThat(topic.faults()).isEmpty();
			assertThat(audience).noneMatch((client) -> client.wire().closed().isDone());
		}
	}

	private static void publish(StompClient client, TopicRecord topic) {
		client.connected();
		CompletableFuture<?>[] receipts = IntStream.range(0, EACH).mapToObj((number) -> {
			String body = topic.body(100);
			return client.request("SEND", Map.of("destination", topic.destination()), body)
				.thenAccept((receipt) -> topic.accepted(body, receipt.header("position")));
		}).toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(receipts).orTimeout(60, TimeUnit.SECONDS).join();
	}

	private static void publish(HttpPublisher http, TopicRecord topic) {
		for (int number = 0; number < EACH; number++) {
			// An answer of 503 means that nothing was published: then it is tried again.
			boolean published = false;
			while (!published) {
				published = http.publish(topic, 100).statusCode() == 201;
			}
		}
	}

	private static void together(Runnable... tasks) {
		CompletableFuture<?>[] all = IntStream.range(0, tasks.length)
			.mapToObj((index) -> CompletableFuture.runAsync(tasks[index], (task) -> Thread.ofPlatform().start(task)))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(all).join();
	}

}
