package dev.fanfare.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Read a topic like a client that goes when it is asked to, comes back after the time it
 * was told, to wherever the swarm connects by then, and asks for what comes after the
 * last message it has.
 */
public final class MovingReader {

	private static final Pattern COME_BACK = Pattern.compile("service-restart; retry-after=([0-9]+\\.[0-9])");

	/** How soon it tries again when it was not let in. */
	private static final long AGAIN_MILLIS = 200;

	private final Swarm swarm;

	private final String topic;

	private final Consumer<Frame> messages;

	private final List<Wire.Close> closes = new CopyOnWriteArrayList<>();

	private final List<Frame> receipts = new CopyOnWriteArrayList<>();

	private volatile String position = "";

	private volatile int refused;

	private volatile boolean over;

	/** Begin to read; the consumer is called on the swarm's thread. */
	public MovingReader(Swarm swarm, String topic, Consumer<Frame> messages) {
		this.swarm = swarm;
		this.topic = topic;
		this.messages = messages;
		connect();
	}

	/** Return how its connections have ended that it was let in with. */
	public List<Wire.Close> closes() {
		return this.closes;
	}

	/** Return the answers to its subscriptions, one for each connection. */
	public List<Frame> receipts() {
		return this.receipts;
	}

	/** Return how often it was refused with 503 and told when to try again. */
	public int refused() {
		return this.refused;
	}

	/** Come back no more. */
	public void stop() {
		this.over = true;
	}

	private void connect() {
		StompClient client = StompClient.connect(this.swarm);
		client.connecting().thenRun(() -> subscribe(client));
		client.wire().closed().thenAccept((close) -> ended(client, close));
	}

	private void subscribe(StompClient client) {
		Map<String, String> headers = new LinkedHashMap<>(Map.of("destination", "/topic/" + this.topic));
		headers.putAll(this.position.isEmpty() ? Map.of("replay", "all") : Map.of("resume-after", this.position));
		client.subscribing("1", headers, this::message).thenAccept(this.receipts::add);
	}

	private void message(Frame message) {
		this.position = message.header("message-id");
		this.messages.accept(message);
	}

	@SuppressWarnings("NonAtomicOperationOnVolatileField")
	private void ended(StompClient client, Wire.Close close) {
		if (client.connecting().isDone() && !client.connecting().isCompletedExceptionally()) {
			this.closes.add(close);
		}
		else if (isRefusal(client.wire().handshake())) {
			this.refused++;
		}
		if (!this.over) {
			later(close).execute(this::connect);
		}
	}

	private static boolean isRefusal(CompletableFuture<WireReader.Handshake> handshake) {
		return handshake.isDone() && !handshake.isCompletedExceptionally() && handshake.join().status() == 503
				&& handshake.join().head().contains("Retry-After: ");
	}

	private static Executor later(Wire.Close close) {
		Matcher told = COME_BACK.matcher(close.reason());
		long millis = told.matches() ? (long) (Double.parseDouble(told.group(1)) * 1000) : AGAIN_MILLIS;
		return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
	}

}
