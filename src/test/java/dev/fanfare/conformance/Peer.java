package dev.fanfare.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Wire;
import dev.fanfare.testing.WireReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Talk to a server as one client, byte by byte. In what is sent, {@code ^} stands for
 * NUL.
 */
final class Peer implements Wire.Listener, AutoCloseable {

	private final Wire wire;

	private final Duration patience;

	private final BlockingQueue<Received> frames = new LinkedBlockingQueue<>();

	private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();

	private final AtomicInteger receipts = new AtomicInteger();

	Peer(Swarm swarm, String path, Map<String, String> handshake, Duration patience) {
		this.wire = swarm.open(path, handshake, this);
		this.patience = patience;
	}

	/** Return the headers with others before them. */
	static String[] with(String[] headers, String... first) {
		return Stream.of(first, headers).flatMap(Stream::of).toArray(String[]::new);
	}

	/** Write a frame as STOMP does; headers are {@code name:value}. */
	static String text(String command, String body, String... headers) {
		return Stream.of(Stream.of(command), Stream.of(headers), Stream.of("", body + "^"))
			.flatMap((lines) -> lines)
			.reduce((one, other) -> one + "\n" + other)
			.orElseThrow();
	}

	WireReader.Handshake handshake() {
		return await(this.wire.handshake(), "an answer to the upgrade");
	}

	Wire wire() {
		return this.wire;
	}

	/** Send one text message. */
	Peer send(String text) {
		this.wire.send(bytes(text));
		return this;
	}

	/** Send one binary message. */
	Peer send(byte[] bytes) {
		this.wire.send(0x2, bytes);
		return this;
	}

	static byte[] bytes(String text) {
		return text.replace('^', '\0').getBytes(StandardCharsets.UTF_8);
	}

	/** Send a frame as one text message. */
	Peer frame(String command, String body, String... headers) {
		return send(text(command, body, headers));
	}

	/** Send a SEND frame that asks for nothing. */
	Peer publish(String destination, String body, String... headers) {
		return frame("SEND", body, with(headers, "destination:" + destination));
	}

	/**
	 * Subscribe and wait until messages come.
	 * <p>
	 * Does so by a message rather than a receipt, so that servers without receipts can be
	 * asked for more than those.
	 */
	Peer subscribe(String id, String destination, String... headers) {
		frame("SUBSCRIBE", "", with(headers, "id:" + id, "destination:" + destination));
		String ready = destination + ".ready-" + this.receipts.incrementAndGet();
		frame("SUBSCRIBE", "", "id:" + ready, "destination:" + ready);
		publish(ready, "ready");
		message("ready");
		frame("UNSUBSCRIBE", "", "id:" + ready, "destination:" + ready);
		return this;
	}

	/** Send a frame that asks for a receipt, and wait for that. */
	Received done(String command, String... headers) {
		String id = "done-" + this.receipts.incrementAndGet();
		frame(command, "", with(headers, "receipt:" + id));
		return receipt(id);
	}

	/** Expect a RECEIPT as the next frame. */
	Received receipt(String id) {
		Received receipt = expect("RECEIPT");
		assertThat(receipt.header("receipt-id")).as("receipt-id").isEqualTo(id);
		return receipt;
	}

	/** Expect a frame of that command next. */
	Received expect(String command) {
		Received next = next();
		assertThat(next.command()).as("command of %s", next).isEqualTo(command);
		return next;
	}

	/** Expect a MESSAGE with that body next. */
	Received message(String body) {
		Received message = expect("MESSAGE");
		assertThat(message.bodyText()).as("body of %s", message).isEqualTo(body);
		return message;
	}

	/** Expect MESSAGEs with those bodies next, in this order. */
	List<Received> messages(String... bodies) {
		return Stream.of(bodies).map(this::message).toList();
	}

	/** Expect that nothing comes from the topic before what is published there now. */
	void nothingFrom(String topic) {
		publish(topic, "nothing came before");
		message("nothing came before");
	}

	/** Expect an ERROR and an orderly end of the connection after it. */
	Received error() {
		Received error = expect("ERROR");
		assertThat(closed().code()).as("close code after %s", error).isNotEqualTo(1006);
		assertThat(this.frames).as("frames after the ERROR").isEmpty();
		return error;
	}

	/** Expect an ERROR of that type, a word of Fanfare's, told by the close frame too. */
	Received error(String type) {
		Received error = error();
		assertThat(error.header("type")).as("type of %s", error).isEqualTo(type);
		assertThat(error.header("message")).as("message of %s", error).isNotBlank();
		assertThat(error.bodyText()).as("body of %s", error)
			.isNotBlank()
			.doesNotContainPattern("Exception|\\b(java|org\\.springframework|dev\\.fanfare)\\.");
		assertThat(closed().reason()).as("reason of the close frame").endsWith(": " + type);
		return error;
	}

	boolean hasReceived() {
		return !this.frames.isEmpty();
	}

	Received next() {
		return poll(this.frames, this.patience, "frame");
	}

	/** Wait for the end of the connection. */
	Wire.Close closed() {
		return await(this.wire.closed(), "the end of the connection");
	}

	/** Expect the end of the connection with that code. */
	void closed(int code) {
		assertThat(closed().code()).as("close code").isEqualTo(code);
	}

	/** Wait for a WebSocket pong and return what it says. */
	String pong() {
		return poll(this.pongs, this.patience, "pong");
	}

	/** Wait until something has come, a heart-beat for instance, and return when. */
	long arrival(Duration most) {
		return poll(this.arrivals, most, "heart-beat");
	}

	/** Forget when things have come, and tell whether any has. */
	boolean forgetArrivals() {
		boolean some = !this.arrivals.isEmpty();
		this.arrivals.clear();
		return some;
	}

	private <T> T poll(BlockingQueue<T> queue, Duration most, String what) {
		try {
			T next = queue.poll(most.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null) {
				throw new AssertionError(
						"No %s came within %d ms%s".formatted(what, most.toMillis(), this.wire.closed().isDone()
								? ", the connection was closed: " + this.wire.closed().join() : ""));
			}
			return next;
		}
		catch (InterruptedException ex) {
			throw new AssertionError("Interrupted", ex);
		}
	}

	private <T> T await(CompletableFuture<T> future, String what) {
		try {
			return future.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new AssertionError("No sign of " + what, ex);
		}
	}

	@Override
	public void message(Wire same, boolean text, ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		this.arrivals.add(System.nanoTime());
		this.frames.addAll(Received.read(bytes, text));
	}

	@Override
	public void pong(byte[] payload) {
		this.pongs.add(new String(payload, StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.wire.vanish();
	}

}
