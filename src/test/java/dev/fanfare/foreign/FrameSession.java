package dev.fanfare.foreign;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.DefaultStompSession;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSessionHandler;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.tcp.TcpConnection;

/**
 * Give Spring's session what its interface leaves out: BEGIN, COMMIT and ABORT, and a
 * count of the heart-beats it hears.
 */
final class FrameSession extends DefaultStompSession {

	private final Map<String, CompletableFuture<String>> receipts = new ConcurrentHashMap<>();

	private final AtomicInteger beats = new AtomicInteger();

	private volatile @Nullable TcpConnection<byte[]> connection;

	FrameSession(StompSessionHandler handler, StompHeaders connectHeaders) {
		super(handler, connectHeaders);
	}

	/** Return how many heart-beats have come. */
	int beats() {
		return this.beats.get();
	}

	/** Send a frame about a transaction; completes with its receipt. */
	CompletableFuture<String> transaction(StompCommand command, String name) {
		String receipt = "%s of %s".formatted(command, name);
		StompHeaderAccessor frame = StompHeaderAccessor.create(command);
		frame.setNativeHeader("transaction", name);
		frame.setReceipt(receipt);
		CompletableFuture<String> done = new CompletableFuture<>();
		this.receipts.put(receipt, done);
		this.connection.sendAsync(MessageBuilder.createMessage(EMPTY_PAYLOAD, frame.getMessageHeaders()));
		return done;
	}

	@Override
	public void afterConnected(TcpConnection<byte[]> connection) {
		this.connection = connection;
		super.afterConnected(connection);
	}

	@Override
	public void handleMessage(Message<byte[]> message) {
		StompHeaderAccessor frame = StompHeaderAccessor.wrap(message);
		if (frame.isHeartbeat()) {
			this.beats.incrementAndGet();
		}
		CompletableFuture<String> waiting = this.receipts.remove(String.valueOf(frame.getReceiptId()));
		if (waiting != null && frame.getCommand() == StompCommand.RECEIPT) {
			waiting.complete(frame.getReceiptId());
		}
		super.handleMessage(message);
	}

}
