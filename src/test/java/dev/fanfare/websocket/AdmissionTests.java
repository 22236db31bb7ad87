package dev.fanfare.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.fanfare.testing.Waiting;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No more are let in than the server gets round to, and all of them in the end. */
class AdmissionTests {

	private static final int MOST = 4;

	private static final String HALF = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Header: ";

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

	/** As many threads as can be held up, so that no selector is. */
	private final Server server = new Server(new QueuedThreadPool(12 * MOST));

	private final ServerConnector connector = new ServerConnector(this.server, 1, 1);

	private final List<Socket> sockets = new ArrayList<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	@BeforeEach
	void prepare() {
		this.server.setHandler(new Handler.Abstract() {

			@Override
			public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
				if (request.getHttpURI().getPath().equals("/slow")) {
					AdmissionTests.this.goOn.await();
				}
				response.write(true, null, callback);
				return true;
			}

		});
		this.connector.setHost("localhost");
		this.server.addConnector(this.connector);
	}

	private void start(Duration patience) throws Exception {
		Admission.limit(this.connector, MOST, REQUEST_TIMEOUT, patience);
		this.server.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.goOn.countDown();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.server.stop();
	}

	@Test
	void whenTheServerIsBehindNobodyElseIsLetIn() throws Exception {
		start(Duration.ofHours(1));

		for (int client = 0; client < 10 * MOST; client++) {
			ask(open(), "/slow");
		}
		Waiting.until("some are in", () -> in() >= MOST);
		Waiting.until("the door is shut", () -> !this.connector.isAccepting());
		int before = in();

		this.goOn.countDown();
		for (Socket socket : this.sockets) {
			hear(socket);
		}

		// One may be on its way in when the door is shut.
		assertThat(before).isBetween(MOST, MOST + 1);
		assertThat(in()).isEqualTo(10 * MOST);
	}

	@Test
	void whoIsSilentHoldsUpNobody() throws Exception {
		start(Duration.ofMillis(100));

		for (int silent = 0; silent < 10 * MOST; silent++) {
			open();
		}

		Socket client = open();
		ask(client, "/");
		hear(client);

		assertThat(in()).isEqualTo(10 * MOST + 1);
	}

	@Test
	void whoLeavesMakesRoom() throws Exception {
		start(Duration.ofHours(1));

		for (int gone = 0; gone < 10 * MOST; gone++) {
			open().close();
		}

		Socket client = open();
		ask(client, "/");
		hear(client);

		Waiting.until("the others are gone", () -> in() == 1);
	}

	@Test
	void halfARequestIsCutOffHoweverSlowlyItGoesOn() throws Exception {
		start(Duration.ofMillis(100));
		Socket silent = open();
		Socket slow = open();
		send(slow, HALF);

		trickle(slow);

		assertThat(silent.getInputStream().read()).isEqualTo(-1);
	}

	@Test
	void halfASecondRequestIsCutOffToo() throws Exception {
		this.connector.setIdleTimeout(500);
		start(Duration.ofMillis(100));
		Socket slow = open();
		ask(slow, "/");
		hear(slow);
		send(slow, HALF);

		trickle(slow);
	}

	/** Send a little again and again until the server has enough. */
	private static void trickle(Socket socket) throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		try {
			while (System.nanoTime() < deadline) {
				socket.getOutputStream().write('x');
				Thread.sleep(100);
			}
		}
		catch (IOException ex) {
			return;
		}
		throw new AssertionError("The server still listens");
	}

	private int in() {
		return this.connector.getConnectedEndPoints().size();
	}

	private Socket open() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.connector.getLocalPort());
		socket.setSoTimeout(10_000);
		this.sockets.add(socket);
		return socket;
	}

	private static void ask(Socket socket, String path) throws IOException {
		send(socket, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
	}

	private static void send(Socket socket, String request) throws IOException {
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	private static void hear(Socket socket) throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("\r\n\r\n") < 0) {
			int next = socket.getInputStream().read();
			assertThat(next).as("the answer goes on after '%s'", answer).isNotNegative();
			answer.append((char) next);
		}
		assertThat(answer.toString()).startsWith("HTTP/1.1 200");
	}

}
