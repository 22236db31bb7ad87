package dev.fanfare.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

	/** An acceptor, a selector, and two that can be held up. */
	private final Server server = new Server(new QueuedThreadPool(4, 4));

	private final ServerConnector connector = new ServerConnector(this.server, 1, 1);

	private final List<Socket> sockets = new ArrayList<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	@BeforeEach
	void start() throws Exception {
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
		Admission.limit(this.connector, MOST);
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
	void whenTheServerIsBehindNobodyElseIsLetIn() throws IOException {
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

		// Those whose requests were read are in, and as many wait, but for who was on its
		// way in.
		assertThat(before).isLessThanOrEqualTo(2 * MOST + 2);
		assertThat(in()).isEqualTo(10 * MOST);
	}

	@Test
	void whoIsSilentHoldsUpNobody() throws IOException {
		for (int silent = 0; silent < 10 * MOST; silent++) {
			open();
		}

		Socket client = open();
		ask(client, "/");
		hear(client);

		assertThat(in()).isEqualTo(10 * MOST + 1);
	}

	@Test
	void whoLeavesMakesRoom() throws IOException {
		for (int gone = 0; gone < 10 * MOST; gone++) {
			open().close();
		}

		Socket client = open();
		ask(client, "/");
		hear(client);

		Waiting.until("the others are gone", () -> in() == 1);
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
		String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
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
