package dev.fanfare.demo.hello;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything the tutorial shows, over STOMP, bare WebSockets and HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class GreetingTests {

	@LocalServerPort
	private int port;

	private Swarm swarm;

	private HttpPublisher http;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
		this.http = new HttpPublisher(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void aBareSocketGetsBackWhatItSends() {
		Bare socket = bare("/");

		socket.wire.send("你好 ✓".getBytes(StandardCharsets.UTF_8));
		socket.hears("你好 ✓");
		socket.wire.send(0x2, new byte[] { 0, (byte) 0xff });
		Waiting.until("the bytes are back", () -> socket.binary.size() == 1);

		assertThat(socket.binary.getFirst()).containsExactly(0, 0xff);
	}

	@Test
	void whoConnectsToSendIsGreetedAlone() {
		Bare other = bare("/");

		Bare greeted = bare("/send");

		greeted.hears("Hello, client!");
		assertThat(echoed(other)).containsExactly("done");
	}

	@Test
	void whoConnectsToBroadcastGreetsEverybodyWhoIsConnected() {
		Bare bare = bare("/");
		StompClient stomp = StompClient.connect(this.swarm).subscribe("1", "/topic/broadcast");

		Bare knocking = bare("/broadcast");

		bare.hears("Hello, clients!");
		knocking.hears("Hello, clients!");
		Waiting.until("STOMP clients hear it", () -> !stomp.received().isEmpty());
		assertThat(stomp.received()).extracting(Frame::body).containsExactly("Hello, clients!");
	}

	@Test
	void greetingOverStompReachesTheSenderOrEverybody() {
		Bare bare = bare("/");
		StompClient sender = StompClient.connect(this.swarm)
			.subscribe("1", "/user/queue/send")
			.subscribe("2", "/topic/broadcast");
		StompClient other = StompClient.connect(this.swarm)
			.subscribe("1", "/user/queue/send")
			.subscribe("2", "/topic/broadcast");

		sender.answered("SEND", Map.of("destination", "/app/send"), "");
		sender.answered("SEND", Map.of("destination", "/app/broadcast"), "");

		bare.hears("Hello, clients!");
		Waiting.until("both hear it", () -> sender.received().size() == 2 && !other.received().isEmpty());
		assertThat(sender.received()).extracting(Frame::body)
			.containsExactlyInAnyOrder("Hello, client!", "Hello, clients!");
		assertThat(other.received()).extracting(Frame::body).containsExactly("Hello, clients!");
	}

	@Test
	void broadcastByHttpSaysTheTextOrTheGreetingToEverybody() {
		Bare bare = bare("/");
		StompClient stomp = StompClient.connect(this.swarm).subscribe("1", "/topic/broadcast");

		HttpResponse<String> greeting = this.http.post("/broadcast", "application/x-www-form-urlencoded", "");
		HttpResponse<String> text = this.http.post("/broadcast", "application/x-www-form-urlencoded", "a=b&c");

		assertThat(greeting.statusCode()).isEqualTo(200);
		assertThat(greeting.body()).contains("\"text\":\"Hello, clients!\"", "\"topic\":\"broadcast\"");
		assertThat(text.statusCode()).isEqualTo(200);
		bare.hears("Hello, clients!", "a=b&c");
		Waiting.until("STOMP clients hear both", () -> stomp.received().size() == 2);
		assertThat(stomp.received()).extracting(Frame::body).containsExactly("Hello, clients!", "a=b&c");
	}

	@Test
	void sendByHttpGreetsTheNamedSessionAlone() {
		Bare named = bare("/?session=kitchen");
		Bare other = bare("/?session=hall");
		StompClient stomp = StompClient.connect(this.swarm).subscribe("1", "/user/queue/send");
		String session = stomp.connected().header("session");

		assertThat(this.http.post("/send?session=kitchen", "text/plain", "").statusCode()).isEqualTo(200);
		assertThat(this.http.post("/send?session=" + session, "text/plain", "").statusCode()).isEqualTo(200);

		named.hears("Hello, client!");
		Waiting.until("the STOMP session hears it", () -> !stomp.received().isEmpty());
		assertThat(stomp.received()).extracting(Frame::body).containsExactly("Hello, client!");
		assertThat(echoed(other)).containsExactly("done");
	}

	@Test
	void aSessionThatIsNotThereIsNamedInTheProblem() {
		HttpResponse<String> answer = this.http.post("/send?session=attic", "text/plain", "");

		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("urn:fanfare:problem:unknown-session", "'attic'");
	}

	@Test
	void theSamePathsAnswerOrdinaryHttp() {
		assertThat(this.http.get("/").statusCode()).isEqualTo(200);
		assertThat(this.http.get("/").body()).contains("<html");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nowhere", "/ws/more", "/sendx", "/actuator/health" })
	void aPathThatNobodyRegisteredIsNotUpgraded(String path) {
		Wire wire = this.swarm.open(path, Map.of(), (same, text, payload) -> {
		});

		assertThat(wire.handshake().join().status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ws", "/", "/send", "/broadcast" })
	void aPageOfAForeignOriginMayNotConnect(String path) {
		Wire wire = this.swarm.open(path, Map.of("Origin", "https://evil.example"), (same, text, payload) -> {
		});

		assertThat(wire.handshake().join().status()).isEqualTo(403);
	}

	@Test
	void aPageOfTheServersOwnOriginMayConnect() {
		Wire wire = this.swarm.open("/ws", Map.of("Origin", "http://" + this.swarm.host()), (same, text, payload) -> {
		});

		assertThat(wire.handshake().join().status()).isEqualTo(101);
	}

	@Test
	void aNameThatCannotBeIsRefusedBeforeTheUpgrade() {
		Wire wire = this.swarm.open("/?session=No%20Name", Map.of(), (same, text, payload) -> {
		});

		assertThat(wire.handshake().join().status()).isEqualTo(400);
	}

	@Test
	void aSocketThatVanishesIsForgotten() {
		Bare named = bare("/?session=cellar");

		named.wire.vanish();

		Waiting.until("its name is unknown",
				() -> this.http.post("/send?session=cellar", "text/plain", "").statusCode() == 404);
	}

	/** Return what a socket heard, up to an echo that it asks for. */
	private static List<String> echoed(Bare socket) {
		socket.wire.send("done".getBytes(StandardCharsets.UTF_8));
		Waiting.until("the echo has come", () -> socket.heard.contains("done"));
		return socket.heard;
	}

	private Bare bare(String path) {
		Bare socket = new Bare(this.swarm, path);
		assertThat(socket.wire.handshake().join().status()).isEqualTo(101);
		// Connected means: it would hear a broadcast.
		echoed(socket);
		socket.heard.remove("done");
		return socket;
	}

	private static final class Bare implements Wire.Listener {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final List<byte[]> binary = new CopyOnWriteArrayList<>();

		private final Wire wire;

		private Bare(Swarm swarm, String path) {
			this.wire = swarm.open(path, Map.of(), this);
		}

		private void hears(String... texts) {
			Waiting.until("it hears " + List.of(texts), () -> this.heard.size() >= texts.length);
			assertThat(this.heard).containsExactly(texts);
		}

		@Override
		public void message(Wire same, boolean text, ByteBuffer payload) {
			byte[] bytes = new byte[payload.remaining()];
			payload.get(bytes);
			if (text) {
				this.heard.add(new String(bytes, StandardCharsets.UTF_8));
			}
			else {
				this.binary.add(bytes);
			}
		}

	}

}
