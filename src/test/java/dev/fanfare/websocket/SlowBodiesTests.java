package dev.fanfare.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that wait, however many, hold up nobody else. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SlowBodiesTests {

	/** More than Spring Boot lets Jetty do at a time. */
	private static final int MANY = 300;

	private static final String CONTINUE = "HTTP/1.1 100";

	@LocalServerPort
	private int port;

	private final List<Socket> sockets = new ArrayList<>();

	@AfterEach
	void end() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@Test
	void manyBodiesThatDoNotComeHoldUpNobody() throws Exception {
		for (int body = 0; body < MANY; body++) {
			begin();
		}
		for (Socket socket : this.sockets) {
			byte[] answer = socket.getInputStream().readNBytes(CONTINUE.length());
			assertThat(new String(answer, StandardCharsets.US_ASCII)).as("the body is waited for").isEqualTo(CONTINUE);
		}

		try (HttpClient client = HttpClient.newHttpClient()) {
			URI health = URI.create("http://localhost:%d/actuator/health/liveness".formatted(this.port));
			HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build();

			assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
	}

	private void begin() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		this.sockets.add(socket);
		socket.setSoTimeout(10_000);
		socket.getOutputStream().write("""
				POST /api/topics/slow/publications HTTP/1.1\r
				Host: localhost\r
				Expect: 100-continue\r
				Content-Length: 1000\r
				\r
				""".getBytes(StandardCharsets.US_ASCII));
	}

}
