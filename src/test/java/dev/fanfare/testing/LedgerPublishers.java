package dev.fanfare.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publish in every way there is, each on a thread of its own, until the server is gone:
 * over STOMP with receipts and in transactions, over HTTP one by one and in batches; one
 * in three under idempotency keys. What is refused because the disk fails is noted, and
 * they go on.
 */
public final class LedgerPublishers {

	private static final String TEXT = "text/plain";

	/** How many frames a STOMP publisher has on the way. */
	private static final int ON_THE_WAY = 16;

	private final Ledger ledger;

	private final List<String> topics;

	private final String trimmed;

	/** The numbers that publishers give their bodies, over all servers. */
	private final AtomicLong numbers = new AtomicLong();

	/**
	 * Publish to some topics.
	 * @param topics which keep all of it
	 * @param trimmed one more, which need not
	 */
	public LedgerPublishers(Ledger ledger, List<String> topics, String trimmed) {
		this.ledger = ledger;
		this.topics = topics;
		this.trimmed = trimmed;
	}

	/** Begin, and return what ends when the server does. */
	public List<Thread> start(int port, Swarm swarm) {
		HttpPublisher http = new HttpPublisher(port);
		return List.of(begin("stomp", reconnecting((name) -> overStomp(name, swarm))),
				begin("transactions", reconnecting((name) -> inTransactions(name, swarm))),
				begin("http", (name) -> oneByOne(name, http, this.topics)),
				begin("trimmed", (name) -> oneByOne(name, http, List.of(this.trimmed))),
				begin("batches", (name) -> inBatches(name, http)));
	}

	private static Thread begin(String name, Consumer<String> publisher) {
		return Thread.ofPlatform().daemon().name(name).start(() -> {
			try {
				publisher.accept(name);
			}
			catch (RuntimeException ex) {
				// The server is gone.
			}
		});
	}

	/** Publish again what has keys, by HTTP, and name what is not answered rightly. */
	public List<String> retry(int port, List<Ledger.Entry> entries) {
		HttpPublisher http = new HttpPublisher(port);
		List<String> faults = new ArrayList<>();
		for (Ledger.Entry entry : entries) {
			boolean known = entry.isAcknowledged();
			if (!known) {
				this.ledger.again(entry);
			}
			List<String> before = entry.positions();
			HttpResponse<String> response = post(http, entry);
			if (response.statusCode() != 201 || known && response.body().contains("\"duplicate\":false")) {
				faults.add("%s: %d %s".formatted(entry.items(), response.statusCode(), response.body()));
			}
			else {
				List<String> now = positions(response.body());
				entry.acknowledge(now);
				if (!before.isEmpty() && !before.equals(now)) {
					faults.add("%s was at %s and is at %s".formatted(entry.items(), before, now));
				}
			}
		}
		return faults;
	}

	private void overStomp(String name, Swarm swarm) {
		StompClient client = connect(swarm);
		List<CompletableFuture<?>> answers = new ArrayList<>();
		while (!client.wire().closed().isDone()) {
			Ledger.Entry entry = entry(name, List.of(any(this.topics)));
			answers.add(client.request("SEND", headers(entry.items().getFirst()), entry.items().getFirst().body())
				.thenAccept((receipt) -> answered(entry, receipt, List.of(receipt.header("position")))));
			if (answers.size() >= ON_THE_WAY) {
				get(answers.removeFirst());
			}
		}
	}

	private void inTransactions(String name, Swarm swarm) {
		StompClient client = connect(swarm);
		while (!client.wire().closed().isDone()) {
			Ledger.Entry entry = entry(name, this.topics);
			client.frame("BEGIN", Map.of("transaction", "t"), new byte[0]);
			for (Ledger.Item item : entry.items()) {
				Map<String, String> headers = headers(item);
				headers.put("transaction", "t");
				client.frame("SEND", headers, item.body().getBytes(StandardCharsets.UTF_8));
			}
			get(client.request("COMMIT", Map.of("transaction", "t"), "")
				.thenAccept((receipt) -> answered(entry, receipt, List.of())));
		}
	}

	/**
	 * Connect.
	 * @throws IllegalStateException if the server is gone
	 */
	private static StompClient connect(Swarm swarm) {
		StompClient client = StompClient.connect(swarm);
		try {
			client.connected();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("The server is gone", ex);
		}
		return client;
	}

	/** Note what a frame says; after an ERROR the connection ends. */
	private static void answered(Ledger.Entry entry, Frame answer, List<String> positions) {
		if (answer.command().equals("RECEIPT")) {
			entry.acknowledge(positions);
		}
		else if (answer.header("type").equals("storage-failed")) {
			entry.refuse();
		}
	}

	/** Run a publisher again and again, on a connection of its own each time. */
	private static Consumer<String> reconnecting(Consumer<String> publisher) {
		return (name) -> {
			while (true) {
				try {
					publisher.accept(name);
				}
				catch (CompletionException ex) {
					// The connection has ended; whether the server has, is seen next.
				}
			}
		};
	}

	private void oneByOne(String name, HttpPublisher http, List<String> to) {
		while (true) {
			publish(http, entry(name, List.of(any(to))));
		}
	}

	private void inBatches(String name, HttpPublisher http) {
		while (true) {
			List<String> to = new ArrayList<>(this.topics);
			to.add(any(this.topics));
			publish(http, entry(name, to));
		}
	}

	private static void publish(HttpPublisher http, Ledger.Entry entry) {
		HttpResponse<String> response = post(http, entry);
		if (response.statusCode() == 201) {
			entry.acknowledge(positions(response.body()));
		}
		else if (response.statusCode() == 503 && response.body().contains("storage-failed")) {
			entry.refuse();
		}
		else {
			throw new IllegalStateException(response.body());
		}
	}

	private static HttpResponse<String> post(HttpPublisher http, Ledger.Entry entry) {
		Ledger.Item first = entry.items().getFirst();
		if (entry.items().size() == 1) {
			Map<String, String> headers = (first.key() != null) ? Map.of("Idempotency-Key", first.key()) : Map.of();
			return http.post("/api/topics/" + first.topic() + "/publications", TEXT, first.body(), headers);
		}
		List<Map<String, String>> batch = entry.items().stream().map(LedgerPublishers::fields).toList();
		return http.post("/api/publications", "application/json", JsonMapper.shared().writeValueAsString(batch));
	}

	private static Map<String, String> fields(Ledger.Item item) {
		Map<String, String> fields = new LinkedHashMap<>(
				Map.of("topic", item.topic(), "text", item.body(), "contentType", TEXT));
		if (item.key() != null) {
			fields.put("idempotencyKey", item.key());
		}
		return fields;
	}

	private static Map<String, String> headers(Ledger.Item item) {
		Map<String, String> headers = new LinkedHashMap<>(
				Map.of("destination", "/topic/" + item.topic(), "content-type", TEXT));
		if (item.key() != null) {
			headers.put("idempotency-key", item.key());
		}
		return headers;
	}

	private static List<String> positions(String json) {
		JsonNode answer = JsonMapper.shared().readTree(json);
		List<String> positions = new ArrayList<>();
		(answer.isArray() ? answer : List.of(answer))
			.forEach((receipt) -> positions.add(receipt.path("position").asString("")));
		return positions;
	}

	private Ledger.Entry entry(String name, List<String> to) {
		List<Ledger.Item> items = new ArrayList<>();
		boolean keyed = ThreadLocalRandom.current().nextInt(3) == 0;
		for (String topic : to) {
			long number = this.numbers.incrementAndGet();
			String body = name + ":" + number + ":" + "x".repeat(length());
			items.add(new Ledger.Item(topic, body, keyed ? "key " + number : null));
		}
		return this.ledger.entry(items);
	}

	/** Most are short; one in a hundred is larger than a block of the log. */
	private static int length() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return (random.nextInt(100) == 0) ? 40_000 : random.nextInt(300);
	}

	private static String any(List<String> topics) {
		return topics.get(ThreadLocalRandom.current().nextInt(topics.size()));
	}

	private static void get(CompletableFuture<?> answer) {
		answer.orTimeout(60, TimeUnit.SECONDS).join();
	}

}
