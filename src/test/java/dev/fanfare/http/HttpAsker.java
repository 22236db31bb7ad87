package dev.fanfare.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Ask a server of this machine, well-behaved or not. */
public final class HttpAsker {

	private final HttpClient client;

	private final int port;

	public HttpAsker(int port) {
		this(port, HttpClient.newBuilder());
	}

	private HttpAsker(int port, HttpClient.Builder client) {
		this.client = client.version(HttpClient.Version.HTTP_1_1).build();
		this.port = port;
	}

	/** Ask from another of this machine's addresses, such as 127.0.0.2. */
	static HttpAsker from(String address, int port) {
		return new HttpAsker(port, HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)));
	}

	/** Publish to the topic, which is written into the path as it is. */
	public Answer publish(String topic, String contentType, byte[] body) {
		return post("/api/topics/%s/publications".formatted(topic), contentType, BodyPublishers.ofByteArray(body));
	}

	Answer publish(String topic, String text) {
		return publish(topic, "text/plain", text.getBytes(StandardCharsets.UTF_8));
	}

	Answer publishBatch(String json) {
		return post("/api/publications", "application/json", BodyPublishers.ofString(json));
	}

	Answer post(String path, String contentType, BodyPublisher body) {
		return send(request(path).header("Content-Type", contentType).POST(body));
	}

	public Answer get(String path) {
		return send(request(path).GET());
	}

	/** Put without a body. */
	Answer put(String path) {
		return send(request(path).PUT(BodyPublishers.noBody()));
	}

	Answer delete(String path) {
		return send(request(path).DELETE());
	}

	/** Get a body as it is, whatever its charset. */
	byte[] bytes(String path) {
		return this.client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofByteArray()).join().body();
	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(this.port, path)));
	}

	public Answer send(HttpRequest.Builder request) {
		return sending(request).join();
	}

	/** Send without waiting for the answer. */
	CompletableFuture<Answer> sending(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> new Answer(response.statusCode(), response.headers(), response.body()));
	}

	/** Send bytes that no HTTP client would send and return the whole answer. */
	public String sendRaw(String request) {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
