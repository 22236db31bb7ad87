package dev.fanfare.demo.vote;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Take part in votes over STOMP, one thing after the other. */
final class Voter {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final String secret = secret();

	private final StompClient client;

	private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();

	private final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();

	Voter(Swarm swarm) {
		this.client = StompClient.connect(swarm);
		this.client.subscribe("errors", "/user/queue/errors", (frame) -> this.answers.add(frame.copy()));
		this.client.subscribe("replies", "/user/queue/vote", (frame) -> this.replies.add(JSON.readTree(frame.body())));
	}

	/** Make up who somebody is. */
	static String secret() {
		return UUID.randomUUID().toString();
	}

	StompClient client() {
		return this.client;
	}

	String visitor() {
		return this.secret;
	}

	/** Send a frame and return the RECEIPT, or what says that it was refused. */
	Frame does(String command, Map<String, String> headers, String body) {
		this.client.request(command, headers, body).thenAccept(this.answers::add);
		return next(this.answers);
	}

	/** Send JSON as this voter. */
	Frame does(String destination, String body) {
		return does(destination, body, null);
	}

	private Frame does(String destination, String body, @Nullable String key) {
		return does("SEND", headers(destination, this.secret, key), body);
	}

	/** Send JSON as this voter, and return the reply. */
	JsonNode asks(String destination, String body) {
		return asks(destination, body, null);
	}

	JsonNode asks(String destination, String body, @Nullable String key) {
		Frame answer = does(destination, body, key);
		if (!answer.command().equals("RECEIPT")) {
			throw new AssertionError("Refused: " + answer);
		}
		return next(this.replies);
	}

	/** Open a poll and return its id. */
	String opens(String question) {
		return asks("/app/vote/open", question).path("poll").asString("");
	}

	/** Vote and return the receipt. */
	JsonNode casts(String poll, String marks) {
		return asks("/app/vote/%s/cast".formatted(poll), "{\"marks\":%s}".formatted(marks));
	}

	/** Vote as somebody else over this connection, without waiting. */
	void sends(String poll, String marks, String other) {
		this.client.frame("SEND", headers("/app/vote/%s/cast".formatted(poll), other, null),
				"{\"marks\":%s}".formatted(marks).getBytes(StandardCharsets.UTF_8));
	}

	/** Hear the newest of a topic and all that comes. */
	List<JsonNode> hears(String topic) {
		List<JsonNode> heard = new CopyOnWriteArrayList<>();
		this.client
			.subscribing(topic, Map.of("destination", "/topic/" + topic, "replay", "last=1"),
					(frame) -> heard.add(JSON.readTree(frame.body())))
			.join();
		return heard;
	}

	/** Wait until these counts are heard. */
	static JsonNode until(List<JsonNode> heard, String marks) {
		Waiting.until("the counts are " + marks,
				() -> !heard.isEmpty() && heard.getLast().path("marks").toString().equals(marks));
		return heard.getLast();
	}

	/** Wait until so many voters are heard of. */
	static JsonNode until(List<JsonNode> heard, int voters) {
		Waiting.until("%d have voted".formatted(voters),
				() -> !heard.isEmpty() && heard.getLast().path("voters").asInt() >= voters);
		return heard.getLast();
	}

	private static Map<String, String> headers(String destination, String visitor, @Nullable String key) {
		Map<String, String> headers = new LinkedHashMap<>(
				Map.of("destination", destination, "content-type", "application/json", "visitor", visitor));
		if (key != null) {
			headers.put("idempotency-key", key);
		}
		return headers;
	}

	private static <T> T next(BlockingQueue<T> queue) {
		try {
			return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "No answer has come");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
