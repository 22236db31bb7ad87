package dev.fanfare.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

import static dev.fanfare.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

/** Handlers of WebSockets see sessions and messages as Spring describes them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(SocketSessionTests.Sockets.class)
class SocketSessionTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Told told;

	@Autowired
	private MeterRegistry meters;

	private final HttpClient http = HttpClient.newHttpClient();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	@BeforeEach
	void forget() {
		this.told.sessions.clear();
		this.told.events.clear();
	}

	@AfterEach
	void close() {
		// Without waiting for sockets that are open.
		this.http.shutdownNow();
	}

	// The second is written as Spring MVC alone understands it.
	@ParameterizedTest
	@ValueSource(strings = { "/told", "/t%6fld" })
	void aSessionTellsOfItsHandshake(String path) throws InterruptedException {
		WebSocket socket = open(path + "?a=b%20c");

		WebSocketSession session = this.told.session();

		assertThat(session.getUri()).hasScheme("ws").hasPath("/told").hasQuery("a=b c");
		assertThat(session.getHandshakeHeaders().get("x-several")).containsExactly("one", "two:three");
		assertThat(session.getHandshakeHeaders().getHost().getPort()).isEqualTo(this.port);
		assertThat(session.getAttributes()).containsEntry("from", "the interceptor");
		assertThat(session.getRemoteAddress().getAddress().isLoopbackAddress()).isTrue();
		assertThat(session.getLocalAddress().getPort()).isEqualTo(this.port);
		assertThat(session.getExtensions()).isEmpty();
		assertThat(session.getAcceptedProtocol()).isNull();
		assertThat(session.isOpen()).isTrue();
		socket.abort();
	}

	@Test
	void messagesComeWholeInWhicheverFramesTheyAreSent() throws InterruptedException {
		WebSocket socket = open("/told");
		WebSocketSession session = this.told.session();

		socket.sendText("in ", false).join();
		socket.sendText("three ", false).join();
		socket.sendPing(ByteBuffer.allocate(0)).join();
		socket.sendText("parts", true).join();
		socket.sendBinary(ByteBuffer.wrap(new byte[] { 1 }), false).join();
		socket.sendBinary(ByteBuffer.wrap(new byte[] { 2 }), true).join();
		socket.sendText("", true).join();
		socket.sendPong(ByteBuffer.wrap(new byte[] { 3 })).join();
		socket.sendClose(4000, "enough").join();

		assertThat(this.told.next(session)).isEqualTo("text in three parts");
		assertThat(this.told.next(session)).isEqualTo("binary 1 2");
		assertThat(this.told.next(session)).isEqualTo("text ");
		assertThat(this.told.next(session)).isEqualTo("pong 3");
		assertThat(this.told.next(session)).isEqualTo("closed 4000 enough");
		assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("pong");
	}

	@Test
	void whatASessionSendsArrives() throws Exception {
		open("/told");
		WebSocketSession session = this.told.session();

		session.sendMessage(new TextMessage("grüß"));
		session.sendMessage(new BinaryMessage(new byte[] { 7 }));
		session.sendMessage(new PingMessage());
		session.close(new CloseStatus(4001, "done"));

		assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("text grüß");
		assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("binary 7");
		assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("ping");
		assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 4001 done");
	}

	@Test
	void upgradesAreMeasuredUnderTheirPath() throws InterruptedException {
		double before = measured();

		open("/told");

		this.told.session();
		until("it is measured", () -> measured() == before + 1);
	}

	private double measured() {
		Timer timer = this.meters.find("http.server.requests").tags("method", "GET", "uri", "/told").timer();
		return (timer != null) ? timer.count() : 0;
	}

	private WebSocket open(String path) {
		return this.http.newWebSocketBuilder()
			.header("X-Several", "one")
			.header("X-Several", "two:three")
			.buildAsync(URI.create("ws://localhost:" + this.port + path), new Ear(this.heard))
			.join();
	}

	@TestConfiguration
	static class Sockets {

		@Bean
		Told told() {
			return new Told();
		}

		@Bean
		HandlerMapping toldMapping(WebSocketEndpoints endpoints, Told told) {
			return endpoints.map(told, List.of(new Naming()), "/told");
		}

	}

	static class Naming implements HandshakeInterceptor {

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			attributes.put("from", "the interceptor");
			return true;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				@Nullable Exception exception) {
		}

	}

	/** Note what a handler is told. */
	static class Told extends AbstractWebSocketHandler {

		private final BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		WebSocketSession session() throws InterruptedException {
			WebSocketSession session = this.sessions.poll(10, TimeUnit.SECONDS);
			assertThat(session).isNotNull();
			return session;
		}

		/** Return what that session brings next; the end of another may be told late. */
		@Nullable String next(WebSocketSession session) throws InterruptedException {
			String own = session.getId() + " ";
			String next = this.events.poll(10, TimeUnit.SECONDS);
			while (next != null && !next.startsWith(own)) {
				next = this.events.poll(10, TimeUnit.SECONDS);
			}
			return (next != null) ? next.substring(own.length()) : null;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			this.sessions.add(session);
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) {
			this.events.add(session.getId() + " " + "text " + message.getPayload());
		}

		@Override
		protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
			this.events.add(session.getId() + " " + "binary" + list(message.getPayload()));
		}

		@Override
		protected void handlePongMessage(WebSocketSession session, PongMessage message) {
			this.events.add(session.getId() + " " + "pong" + list(message.getPayload()));
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.events.add(session.getId() + " " + "closed " + status.getCode() + " " + status.getReason());
		}

		private static String list(ByteBuffer bytes) {
			StringBuilder list = new StringBuilder();
			while (bytes.hasRemaining()) {
				list.append(' ').append(bytes.get());
			}
			return list.toString();
		}

	}

	/** Note what a client hears. */
	private record Ear(BlockingQueue<String> heard) implements WebSocket.Listener {

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			return heard(socket, "text " + data);
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			return heard(socket, "binary" + Told.list(data));
		}

		@Override
		public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
			return heard(socket, "ping");
		}

		@Override
		public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
			return heard(socket, "pong" + StandardCharsets.US_ASCII.decode(message));
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			return heard(socket, "closed " + code + " " + reason);
		}

		private @Nullable CompletionStage<?> heard(WebSocket socket, String what) {
			this.heard.add(what);
			socket.request(1);
			return null;
		}

	}

}
