package dev.fanfare.attack;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.StompClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Who sends half of something, or never stops, is cut off, and others are served. */
@SmallLimits
class SlowLorisTests {

	@LocalServerPort
	private int port;

	private Attack attack;

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeEach
	void begin() {
		this.attack = new Attack(this.port);
	}

	@AfterEach
	void end() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.attack.close();
	}

	@Test
	void silentConnectionsAndHalfHandshakesAreCutOff() throws Exception {
		for (int silent = 0; silent < 200; silent++) {
			Socket socket = open();
			if (silent % 2 == 0) {
				write(socket, "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n");
			}
		}

		this.attack.othersAreServed();

		for (Socket socket : this.sockets) {
			assertThat(ends(socket)).isTrue();
		}
	}

	@Test
	void aWebSocketMayBeQuietForLongerThanAConnectionThatAsksForNothing() throws Exception {
		StompClient quiet = this.attack.client();
		Socket kept = open();
		write(kept, "GET /actuator/health HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nX-Slow: ");

		assertThat(writesFor(kept, 200)).isLessThan(200);

		assertThat(quiet.answered("SEND", Map.of("destination", "/topic/t"), "x").command()).isEqualTo("RECEIPT");
	}

	@Test
	void anAddressMayBeSilentOnSoManyConnectionsOnly() throws Exception {
		int cutOff = 0;
		for (int silent = 0; silent < 300; silent++) {
			open();
		}
		this.attack.othersAreServed();
		for (Socket socket : this.sockets) {
			cutOff += ends(socket) ? 1 : 0;
		}

		assertThat(cutOff).isEqualTo(300);
	}

	@Test
	void aHandshakeThatTricklesIsCutOff() throws Exception {
		Socket socket = open();
		write(socket, "GET /ws HTTP/1.1\r\nHost: h\r\nX-Slow: ");

		assertThat(writesFor(socket, 200)).isLessThan(200);
		this.attack.othersAreServed();
	}

	@Test
	void aBodyThatTricklesIsAnswered408() throws Exception {
		Socket socket = open();
		write(socket, "POST /api/topics/t/publications HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");

		for (int written = 0; written < 200 && socket.getInputStream().available() == 0; written++) {
			write(socket, "x");
			Thread.sleep(100);
		}

		assertThat(read(socket)).contains("408", "urn:fanfare:problem:body-too-slow", "fanfare.http.body-timeout");
		this.attack.othersAreServed();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/broadcast", "/send" })
	void aBodyThatTricklesIsAnswered408WhoeverReadsIt(String path) throws Exception {
		Socket socket = open();
		write(socket, "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\n\r\n");

		for (int written = 0; written < 200 && socket.getInputStream().available() == 0; written++) {
			write(socket, "x");
			Thread.sleep(100);
		}

		assertThat(read(socket)).contains(" 408 ", "fanfare.http.body-timeout");
		this.attack.othersAreServed();
	}

	@Test
	void aBodyThatNeverEndsIsAnswered413() throws Exception {
		Socket socket = open();
		write(socket, "POST /api/topics/t/publications HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
		String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

		for (int sent = 0; sent < 1000 && socket.getInputStream().available() == 0; sent++) {
			write(socket, chunk);
		}

		assertThat(read(socket)).contains("413", "urn:fanfare:problem:payload-too-large");
		this.attack.othersAreServed();
	}

	@Test
	void aHeaderLineThatNeverEndsIsAnswered431() throws Exception {
		assertThat(this.attack.raw("GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + "x".repeat(9000)))
			.contains("HTTP/1.1 431");
		this.attack.othersAreServed();
	}

	@Test
	void manyHugeHeadersAreAnswered431() throws Exception {
		assertThat(this.attack.raw("GET /ws HTTP/1.1\r\nHost: h\r\n" + "X-Many: xxxxxxxxxxxxxxxxxxxx\r\n".repeat(400)))
			.contains("HTTP/1.1 431");
		this.attack.othersAreServed();
	}

	private Socket open() throws IOException {
		Socket socket = this.attack.socket();
		this.sockets.add(socket);
		return socket;
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Write a little ten times a second, and return how often that went well. */
	private static int writesFor(Socket socket, int times) throws InterruptedException {
		for (int written = 0; written < times; written++) {
			try {
				write(socket, "x");
			}
			catch (IOException ex) {
				return written;
			}
			Thread.sleep(100);
		}
		return times;
	}

	/** Read the answer as far as it comes, which a reset may end. */
	private static String read(Socket socket) {
		StringBuilder answer = new StringBuilder();
		try {
			for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
				answer.append((char) next);
			}
		}
		catch (IOException ex) {
			// What was read counts.
		}
		return answer.toString();
	}

	/** Tell whether the server ends the connection, in whatever way. */
	private static boolean ends(Socket socket) {
		try {
			while (socket.getInputStream().read() >= 0) {
				// An answer, of a request that cannot be read.
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
