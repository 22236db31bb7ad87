package dev.fanfare.foreign;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.simp.stomp.ConnectionHandlingStompSession;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandler;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/**
 * Use the server as an application with Spring's {@link WebSocketStompClient} does,
 * waiting for a receipt of everything.
 */
final class SpringClient extends StompSessionHandlerAdapter implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 60;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final FrameSession session;

	/**
	 * Connect.
	 * @param heartbeat milliseconds, offered and wanted; 0 for none
	 */
	SpringClient(int port, long heartbeat) {
		this.scheduler.initialize();
		WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient()) {

			@Override
			protected ConnectionHandlingStompSession createSession(@Nullable StompHeaders headers,
					StompSessionHandler handler) {
				FrameSession session = new FrameSession(handler, processConnectHeaders(headers));
				session.setTaskScheduler(getTaskScheduler());
				return session;
			}

		};
		client.setTaskScheduler(this.scheduler);
		client.setDefaultHeartbeat(new long[] { heartbeat, heartbeat });
		this.session = (FrameSession) get(client.connectAsync("ws://localhost:%d/ws".formatted(port), this));
		this.session.setAutoReceipt(true);
	}

	/** Subscribe and return where its messages will be. */
	List<Received> subscribe(String destination, String ack, int prefetch) {
		List<Received> received = new CopyOnWriteArrayList<>();
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.setAck(ack);
		headers.set("prefetch-count", Integer.toString(prefetch));
		receipt(this.session.subscribe(headers, new StompFrameHandler() {

			@Override
			public Type getPayloadType(StompHeaders headers) {
				return byte[].class;
			}

			@Override
			public void handleFrame(StompHeaders headers, @Nullable Object payload) {
				received.add(new Received(headers, (byte[]) payload));
			}

		}));
		return received;
	}

	/** Publish a text, and return the headers of its receipt. */
	StompHeaders publish(String destination, String text) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.setContentType(MimeTypeUtils.TEXT_PLAIN);
		return receipt(this.session.send(headers, text.getBytes()));
	}

	/** Publish bytes. */
	void publish(String destination, byte[] bytes) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.setContentType(MimeTypeUtils.APPLICATION_OCTET_STREAM);
		receipt(this.session.send(headers, bytes));
	}

	/** Publish a text in a transaction. */
	void publishIn(String transaction, String destination, String text) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.set("transaction", transaction);
		receipt(this.session.send(headers, text.getBytes()));
	}

	/** Begin, commit or abort a transaction. */
	void transaction(StompCommand command, String name) {
		get(this.session.transaction(command, name));
	}

	/** Acknowledge a message, or refuse it. */
	void acknowledge(Received message, boolean consumed) {
		StompHeaders headers = new StompHeaders();
		headers.setId(message.headers().getAck());
		receipt(this.session.acknowledge(headers, consumed));
	}

	/** Return how many heart-beats have come. */
	int beats() {
		return this.session.beats();
	}

	/** Return what the client itself could not bear. */
	List<Throwable> failures() {
		return this.failures;
	}

	boolean isConnected() {
		return this.session.isConnected();
	}

	@Override
	public void handleException(StompSession session, @Nullable StompCommand command, StompHeaders headers,
			byte[] payload, Throwable failure) {
		this.failures.add(failure);
	}

	@Override
	public void handleTransportError(StompSession session, Throwable failure) {
		this.failures.add(failure);
	}

	@Override
	public void close() {
		this.session.disconnect();
		this.scheduler.shutdown();
	}

	private static StompHeaders receipt(StompSession.Receiptable sent) {
		CompletableFuture<StompHeaders> receipt = new CompletableFuture<>();
		sent.addReceiptTask(receipt::complete);
		return get(receipt);
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	/** Hold one message as it came. */
	record Received(StompHeaders headers, byte[] body) {

		String text() {
			return new String(this.body);
		}

	}

}
