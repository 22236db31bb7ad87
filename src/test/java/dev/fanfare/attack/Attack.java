package dev.fanfare.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack a server from an address of this machine, while somebody else, from another one,
 * publishes and listens.
 */
final class Attack implements AutoCloseable {

	private static final AtomicInteger LAST = new AtomicInteger(1);

	private final String address;

	private final int port;

	private final Swarm attackers;

	private final Swarm others;

	private final HttpClient http;

	private final StompClient other;

	private int published;

	Attack(int port) {
		int number = LAST.incrementAndGet();
		this.address = "127.0.%d.%d".formatted(number / 250, 2 + number % 250);
		this.port = port;
		this.attackers = Swarm.from(this.address, port);
		this.others = Swarm.from("127.0.0.1", port);
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.localAddress(InetAddress.ofLiteral(this.address))
			.build();
		this.other = StompClient.connect(this.others).subscribe("s", "/topic/others");
	}

	/** Return whose connections come from the attack's address. */
	Swarm attackers() {
		return this.attackers;
	}

	/** Return whose connections come from elsewhere. */
	Swarm others() {
		return this.others;
	}

	/** Connect as an attacker. */
	StompClient client() {
		StompClient client = StompClient.connect(this.attackers);
		client.connected();
		return client;
	}

	/** Ask for the path as an attacker. */
	HttpResponse<String> get(String path) {
		return send(request(path).GET());
	}

	/** Ask for the path as an attacker, with these headers, and return the status. */
	int get(String path, Map<String, String> headers) {
		HttpRequest.Builder request = request(path).GET();
		headers.forEach(request::header);
		return send(request).statusCode();
	}

	/** Publish as an attacker. */
	HttpResponse<String> publish(String topic, String text) {
		return send(request("/api/topics/%s/publications".formatted(topic)).POST(BodyPublishers.ofString(text)));
	}

	HttpResponse<String> publishList(String json) {
		return send(request("/api/publications").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.port, path)));
	}

	/** Open a socket as an attacker. */
	Socket socket() throws IOException {
		Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), this.port, InetAddress.ofLiteral(this.address),
				0);
		socket.setSoTimeout(20_000);
		return socket;
	}

	/** Send bytes as an attacker and return all that is answered. */
	String raw(String request) throws IOException {
		try (Socket socket = socket()) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	/** See that somebody else is served: over STOMP, over HTTP, and in good health. */
	void othersAreServed() {
		String body = "published " + ++this.published;
		assertThat(this.other.answered("SEND", Map.of("destination", "/topic/others"), body).command())
			.isEqualTo("RECEIPT");
		Waiting.until("what others publish arrives",
				() -> this.other.received().stream().anyMatch((frame) -> frame.body().equals(body)));
		StompClient newcomer = StompClient.connect(this.others);
		assertThat(newcomer.connected().command()).isEqualTo("CONNECTED");
		newcomer.wire().close(1000);
		try (HttpClient elsewhere = HttpClient.newHttpClient()) {
			assertThat(elsewhere.send(request("/actuator/health").build(), BodyHandlers.ofString()).body())
				.contains("\"status\":\"UP\"");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

	@Override
	public void close() {
		this.attackers.close();
		this.others.close();
		this.http.shutdownNow();
	}

}
