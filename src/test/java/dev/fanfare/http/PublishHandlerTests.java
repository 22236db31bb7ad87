package dev.fanfare.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static dev.fanfare.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

/** The short way of a publication is gone, and what it does not answer is done once. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.limits.exempt=10.0.0.1", "fanfare.limits.address.http-requests=1/m burst 12",
				"fanfare.topics[0].pattern=closed", "fanfare.topics[0].access.publish=nobody",
				"fanfare.topics[1].pattern=**" })
class PublishHandlerTests {

	@Autowired
	private WebServerApplicationContext context;

	@Autowired
	private MeterRegistry meters;

	private int port;

	private HttpAsker asker;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.port = port;
		this.asker = new HttpAsker(port);
	}

	@Test
	void nothingOfFanfaresOwnIsInItsWay() {
		this.asker.publish("news", "hi");

		var server = ((JettyWebServer) this.context.getWebServer()).getServer();
		assertThat(server.getDescendants(PublishHandler.class)).singleElement()
			.extracting(PublishHandler::isOpen)
			.isEqualTo(true);
	}

	@Test
	void aBodyThatComesInPartsIsPublishedWhole() throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			send(socket, "POST /api/topics/parts/publications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Content-Length: 6\r\n\r\nabc");
			until("filters have it, and wait", () -> active() == 1);
			send(socket, "def");

			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 201 ");
		}
		assertThat(this.asker.get("/api/topics/parts/publications").body()).contains("\"abcdef\"");
	}

	@Test
	void whatFiltersRefuseIsCountedOnce() {
		// 127.0.0.2 is an address that no other test comes from.
		HttpAsker from = HttpAsker.from("127.0.0.2", this.port);
		double refused = refused();

		for (int request = 0; request < 12; request++) {
			from.publish("closed", "hi").problem(403, "access-denied");
		}
		from.publish("news", "hi").problem(429, "too-many-requests");

		assertThat(refused()).isEqualTo(refused + 1);
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private int active() {
		LongTaskTimer timer = this.meters.find("http.server.requests.active").longTaskTimer();
		return (timer != null) ? timer.activeTasks() : 0;
	}

	private double refused() {
		return this.meters.counter("fanfare.limits.refused", "limit", "address.http-requests").count();
	}

}
