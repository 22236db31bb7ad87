package dev.fanfare.image;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A STOMP client of nothing but the JDK. */
final class StompReader implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final StringBuilder frame = new StringBuilder();

	private final WebSocket socket;

	private StompReader(HttpClient http, URI uri) {
		this.socket = http.newWebSocketBuilder().subprotocols("v12.stomp").buildAsync(uri, this).join();
	}

	static StompReader connect(HttpClient http, URI uri) throws InterruptedException {
		StompReader reader = new StompReader(http, uri);
		assertThat(reader.socket.getSubprotocol()).isEqualTo("v12.stomp");
		reader.send("CONNECT", Map.of("accept-version", "1.2", "host", "fanfare"));
		assertThat(reader.nextFrame()).startsWith("CONNECTED\n");
		return reader;
	}

	void subscribe(String destination) throws InterruptedException {
		send("SUBSCRIBE", Map.of("id", "1", "destination", destination, "receipt", "subscribed"));
		assertThat(nextFrame()).startsWith("RECEIPT\n").contains("\nreceipt-id:subscribed\n");
	}

	String nextFrame() throws InterruptedException {
		String next = this.frames.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("a frame within 20 s").isNotNull();
		return next;
	}

	// Open sockets would hold up the closing of their HttpClient.
	@Override
	public void close() {
		this.socket.abort();
	}

	CompletableFuture<Integer> closed() {
		return this.closed;
	}

	private void send(String command, Map<String, String> headers) {
		String lines = headers.entrySet()
			.stream()
			.map((header) -> header.getKey() + ":" + header.getValue() + "\n")
			.collect(Collectors.joining());
		this.socket.sendText(command + "\n" + lines + "\n\0", true).join();
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.frame.append(data);
		for (int end = this.frame.indexOf("\0"); end >= 0; end = this.frame.indexOf("\0")) {
			this.frames.add(this.frame.substring(0, end).stripLeading());
			this.frame.delete(0, end + 1);
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.closed.complete(code);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.closed.completeExceptionally(error);
	}

}
