package dev.fanfare.testing;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Publish as much as the server takes, with each publisher on a thread of its own, until
 * told to stop.
 */
public final class Storm {

	private final int port;

	private final Swarm swarm;

	private final HttpPublisher http;

	private final List<Thread> threads = new ArrayList<>();

	private final List<StompClient> clients = new ArrayList<>();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicLong unanswered = new AtomicLong();

	private volatile boolean untilRefused;

	private volatile boolean stopping;

	public Storm(int port, Swarm swarm) {
		this.port = port;
		this.swarm = swarm;
		this.http = new HttpPublisher(port);
	}

	/**
	 * Let each publisher end quietly when the server ends it; what is not answered then
	 * was not accepted as far as it knows.
	 */
	public Storm whileServed() {
		this.untilRefused = true;
		return this;
	}

	/** Publish by HTTP, one request after the other and no pause between. */
	public Storm http(int publishers, Supplier<TopicRecord> topics, int bytes) {
		for (int publisher = 0; publisher < publishers; publisher++) {
			begin(() -> answered(this.http.publish(topics.get(), bytes)));
		}
		return this;
	}

	/** Publish over STOMP, not waiting for answers: as fast as the socket takes it. */
	public Storm stomp(int publishers, Supplier<TopicRecord> topics, int bytes) {
		for (int publisher = 0; publisher < publishers; publisher++) {
			StompClient client = StompClient.connect(this.swarm);
			client.connected();
			this.clients.add(client);
			begin(() -> send(client, topics.get(), bytes));
		}
		return this;
	}

	/** Offer no more, and wait until what was offered is answered. */
	public void stop() throws InterruptedException {
		this.stopping = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		Waiting.until("everything offered is answered", () -> this.unanswered.get() == 0);
	}

	/** Return what nobody should be told. */
	public List<String> faults() {
		return this.faults;
	}

	/** Return how many HTTP requests were accepted. */
	public int accepted() {
		return this.accepted.get();
	}

	/** Return how many HTTP requests were sent away. */
	public int refused() {
		return this.refused.get();
	}

	private void begin(Runnable publish) {
		this.threads.add(Thread.ofPlatform().daemon().name("storm").start(() -> {
			while (!this.stopping) {
				try {
					publish.run();
				}
				catch (RuntimeException ex) {
					fault(ex.toString());
					return;
				}
			}
		}));
	}

	private void send(StompClient client, TopicRecord topic, int bytes) {
		String body = topic.body(bytes);
		this.unanswered.incrementAndGet();
		client.request("SEND", Map.of("destination", topic.destination()), body).whenComplete((receipt, failure) -> {
			this.unanswered.decrementAndGet();
			if (failure != null || !receipt.command().equals("RECEIPT")) {
				fault("SEND: " + ((failure != null) ? failure : receipt));
			}
			else {
				topic.accepted(body, receipt.header("position"));
			}
		});
		if (client.wire().closed().isDone()) {
			throw new IllegalStateException("A publisher was closed: " + client.wire().closed().join());
		}
	}

	private void fault(String fault) {
		if (!this.untilRefused) {
			this.faults.add(fault);
		}
	}

	private void answered(HttpResponse<String> response) {
		boolean overloaded = response.statusCode() == 503 && response.headers().firstValue("Retry-After").isPresent()
				&& response.body().contains("urn:fanfare:problem:overloaded");
		if (response.statusCode() == 201) {
			this.accepted.incrementAndGet();
		}
		else if (overloaded) {
			this.refused.incrementAndGet();
		}
		else {
			fault("HTTP: " + response.statusCode() + " " + response.body());
		}
	}

}
