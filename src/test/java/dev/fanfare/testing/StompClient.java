package dev.fanfare.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Speak STOMP on a {@link Wire}. Frames that nobody else wants are kept. */
public final class StompClient implements Wire.Listener {

	private static final int PATIENCE_SECONDS = 60;

	private final Wire wire;

	private final CompletableFuture<Frame> connected = new CompletableFuture<>();

	private final Map<String, CompletableFuture<Frame>> receipts = new ConcurrentHashMap<>();

	private final Map<String, Consumer<Frame>> subscriptions = new ConcurrentHashMap<>();

	private final List<Frame> received = new CopyOnWriteArrayList<>();

	private final List<Long> beats = new CopyOnWriteArrayList<>();

	private final Queue<CompletableFuture<Void>> pings = new ConcurrentLinkedQueue<>();

	private final AtomicLong lastReceipt = new AtomicLong();

	private StompClient(Swarm swarm, Map<String, String> handshake, int receiveBuffer) {
		this.wire = swarm.open("/ws", handshake, receiveBuffer, this);
		this.wire.closed().thenAccept(this::ended);
	}

	/** Begin to connect. */
	public static StompClient connect(Swarm swarm) {
		return connect(swarm, Map.of(), Map.of());
	}

	/** Begin to connect with headers for CONNECT and for the handshake. */
	public static StompClient connect(Swarm swarm, Map<String, String> headers, Map<String, String> handshake) {
		return connect(swarm, headers, handshake, 0);
	}

	/** Begin to connect with a receive buffer of so many bytes. */
	public static StompClient connect(Swarm swarm, int receiveBuffer) {
		return connect(swarm, Map.of(), Map.of(), receiveBuffer);
	}

	private static StompClient connect(Swarm swarm, Map<String, String> headers, Map<String, String> handshake,
			int receiveBuffer) {
		StompClient client = open(swarm, handshake, receiveBuffer);
		Map<String, String> all = new LinkedHashMap<>(Map.of("accept-version", "1.2", "host", "localhost"));
		all.putAll(headers);
		client.wire.handshake().thenRun(() -> client.frame("CONNECT", all, new byte[0]));
		return client;
	}

	/** Upgrade and send nothing. */
	public static StompClient open(Swarm swarm) {
		return open(swarm, Map.of(), 0);
	}

	private static StompClient open(Swarm swarm, Map<String, String> handshake, int receiveBuffer) {
		return new StompClient(swarm, handshake, receiveBuffer);
	}

	public Wire wire() {
		return this.wire;
	}

	/** Return the CONNECTED frame, when it has come. */
	public CompletableFuture<Frame> connecting() {
		return this.connected;
	}

	/** Wait for the CONNECTED frame. */
	public Frame connected() {
		return get(this.connected);
	}

	/** Return what came and was not for a subscription with a consumer or a receipt. */
	public List<Frame> received() {
		return this.received;
	}

	/** Return when anything came, by {@link System#nanoTime()}. */
	public List<Long> beats() {
		return this.beats;
	}

	/** Subscribe, wait for the receipt and keep what comes. */
	public StompClient subscribe(String id, String destination) {
		return subscribe(id, destination, (frame) -> this.received.add(frame.copy()));
	}

	/**
	 * Subscribe, wait for the receipt and hand over what comes, on the swarm's thread.
	 */
	public StompClient subscribe(String id, String destination, Consumer<Frame> frames) {
		connected();
		get(subscribing(id, destination, frames));
		return this;
	}

	/** Subscribe without waiting. */
	public CompletableFuture<Frame> subscribing(String id, String destination, Consumer<Frame> frames) {
		return subscribing(id, Map.of("destination", destination), frames);
	}

	/** Subscribe with headers, the destination among them, without waiting. */
	public CompletableFuture<Frame> subscribing(String id, Map<String, String> headers, Consumer<Frame> frames) {
		this.subscriptions.put(id, frames);
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put("id", id);
		return request("SUBSCRIBE", all, "");
	}

	/** Send without a receipt. */
	public void send(String destination, String body) {
		frame("SEND", Map.of("destination", destination), body.getBytes(StandardCharsets.UTF_8));
	}

	/** Send a frame with a receipt; completes with the RECEIPT, or with the ERROR. */
	public CompletableFuture<Frame> request(String command, Map<String, String> headers, String body) {
		String id = "r" + this.lastReceipt.incrementAndGet();
		CompletableFuture<Frame> receipt = new CompletableFuture<>();
		this.receipts.put(id, receipt);
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put("receipt", id);
		frame(command, all, body.getBytes(StandardCharsets.UTF_8));
		if (this.wire.closed().isDone()) {
			ended(this.wire.closed().join());
		}
		return receipt;
	}

	/** Send a frame and wait for its RECEIPT, or ERROR. */
	public Frame answered(String command, Map<String, String> headers, String body) {
		return get(request(command, headers, body));
	}

	/** Send any frame. */
	public void frame(String command, Map<String, String> headers, byte[] body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 + body.length);
		StringBuilder head = new StringBuilder(command).append('\n');
		headers.forEach((name, value) -> head.append(name).append(':').append(value).append('\n'));
		if (body.length > 0) {
			head.append("content-length:").append(body.length).append('\n');
		}
		bytes.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(body);
		bytes.write(0);
		this.wire.send(bytes.toByteArray());
	}

	/** Send a heart-beat. */
	public void beat() {
		this.wire.send(new byte[] { '\n' });
	}

	/**
	 * Send a ping; completes with its pong, when all that was sent before it was handled.
	 */
	public CompletableFuture<Void> ping() {
		CompletableFuture<Void> pong = new CompletableFuture<>();
		this.pings.add(pong);
		this.wire.send(0x9, new byte[0]);
		return pong;
	}

	/** Wait for the end of the connection. */
	public Wire.Close closed() {
		return get(this.wire.closed());
	}

	@Override
	public void message(Wire same, boolean text, ByteBuffer payload) {
		Frame frame = new Frame(payload);
		if (frame.isMessage()) {
			this.subscriptions.getOrDefault(frame.header("subscription"), this::keep).accept(frame);
			return;
		}
		this.beats.add(System.nanoTime());
		switch (frame.command()) {
			case "CONNECTED" -> this.connected.complete(frame.copy());
			case "RECEIPT" -> receipt(frame.header("receipt-id"), frame.copy());
			case "ERROR" -> error(frame.copy());
			case "" -> {
				// A heart-beat.
			}
			default -> keep(frame);
		}
	}

	@Override
	public void pong(byte[] payload) {
		CompletableFuture<Void> ping = this.pings.poll();
		if (ping != null) {
			ping.complete(null);
		}
	}

	private void keep(Frame frame) {
		this.received.add(frame.copy());
	}

	private void receipt(String id, Frame frame) {
		if (!answer(id, frame)) {
			this.received.add(frame);
		}
	}

	private boolean answer(String id, Frame frame) {
		CompletableFuture<Frame> waiting = this.receipts.remove(id);
		return waiting != null && waiting.complete(frame);
	}

	private void error(Frame frame) {
		this.received.add(frame);
		answer(frame.header("receipt-id"), frame);
		this.connected.completeExceptionally(new IllegalStateException(frame.toString()));
	}

	private void ended(Wire.Close close) {
		IllegalStateException gone = new IllegalStateException("The connection has ended: " + close);
		this.connected.completeExceptionally(gone);
		this.receipts.values().forEach((receipt) -> receipt.completeExceptionally(gone));
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

}
