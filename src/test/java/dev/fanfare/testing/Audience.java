package dev.fanfare.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Connect many subscribers, a batch at a time, as a listening socket bears it. */
public final class Audience {

	private static final int BATCH = 40;

	private Audience() {
	}

	/** Connect clients that each subscribe to all of the topics, and wait for that. */
	public static List<StompClient> of(int size, Swarm swarm, TopicRecord... topics) {
		List<StompClient> audience = new ArrayList<>();
		while (audience.size() < size) {
			List<StompClient> batch = new ArrayList<>();
			for (int index = 0; index < Math.min(BATCH, size - audience.size()); index++) {
				batch.add(StompClient.connect(swarm));
			}
			batch.forEach(StompClient::connected);
			CompletableFuture<?>[] receipts = batch.stream()
				.flatMap((client) -> Arrays.stream(topics)
					.map((topic) -> client.subscribing(topic.topic(), topic.destination(), topic.reader())))
				.toArray(CompletableFuture[]::new);
			CompletableFuture.allOf(receipts).orTimeout(60, TimeUnit.SECONDS).join();
			audience.addAll(batch);
		}
		return audience;
	}

}
