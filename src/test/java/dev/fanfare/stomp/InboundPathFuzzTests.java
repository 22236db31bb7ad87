package dev.fanfare.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.ErrorType;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client sends, it is served or closed as docs/protocol.md says, its
 * neighbours notice nothing, and nothing of it is left behind. An input is the WebSocket
 * messages of one connection: a text message begins after each 0xFF and at the start, a
 * binary one after each 0xFE.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InboundPathFuzzTests {

	private static final int TEXT = 0xff;

	private static final int BINARY = 0xfe;

	/** The types of ERROR that what a client sends may bring about. */
	private static final Set<String> TYPES = Stream.of(ErrorType.values())
		.filter((type) -> type != ErrorType.INTERNAL_ERROR && type != ErrorType.APPLICATION_ERROR)
		.map(ErrorType::word)
		.collect(Collectors.toSet());

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	private final Failures failures = new Failures();

	private Swarm swarm;

	private StompClient neighbour;

	@BeforeEach
	void open() {
		this.failures.listen();
		this.swarm = new Swarm(this.port);
		this.neighbour = StompClient.connect(this.swarm).subscribe("1", "/topic/neighbours", (frame) -> {
		});
	}

	@AfterEach
	void close() {
		String health = new HttpPublisher(this.port).get("/actuator/health").body();
		this.swarm.close();
		this.failures.stop();
		Waiting.until("all are gone", () -> connections() == 0);
		assertThat(health).contains("\"status\":\"UP\"");
	}

	@DictionaryFile(resourcePath = "/frames/stomp.dict")
	@MethodSource("examples")
	@FuzzTest(maxDuration = "5m")
	void aClientIsServedOrClosedAsDocumented(byte[] input) {
		// Jazzer takes connections for an attack, unless they are expected.
		BugDetectors.allowNetworkConnections((host, to) -> to == this.port);
		StompClient client = StompClient.open(this.swarm);
		client.wire().handshake().join();

		CompletableFuture<Void> handled = handled(client, input);
		CompletableFuture.anyOf(handled, client.wire().closed()).orTimeout(60, TimeUnit.SECONDS).join();
		List<String> errors = errors(client);
		if (errors.isEmpty()) {
			client.wire().close(1000);
		}

		assertThat(client.closed().code()).isIn(codes(errors));
		assertThat(errors).hasSizeLessThan(2).isSubsetOf(TYPES);
		assertThat(this.neighbour.answered("SEND", Map.of("destination", "/topic/neighbours"), "x").command())
			.isEqualTo("RECEIPT");
		assertThat(this.failures.messages()).isEmpty();
		if (connections() > 1) {
			Waiting.until("the connection is forgotten", () -> connections() == 1);
		}
	}

	/**
	 * Return the codes of docs/protocol.md that may end a connection after the errors.
	 */
	private static List<Integer> codes(List<String> errors) {
		if (errors.contains("invalid-credentials")) {
			return List.of(4003);
		}
		int agreed = errors.isEmpty() ? 1000
				: errors.stream().anyMatch(Set.of("access-denied", "rejected")::contains) ? 1008 : 1002;
		return List.of(agreed, 1007, 1009);
	}

	private static List<String> errors(StompClient client) {
		return client.received()
			.stream()
			.filter((frame) -> frame.command().equals("ERROR"))
			.map((frame) -> frame.header("type"))
			.toList();
	}

	private double connections() {
		return this.meters.get("fanfare.connections").tag("kind", "stomp").gauge().value();
	}

	/**
	 * Send an input and a ping behind it, in one write: a server that has closed its
	 * socket answers what comes later with a reset, before which the end of what it said
	 * may get lost.
	 */
	private static CompletableFuture<Void> handled(StompClient client, byte[] input) {
		CompletableFuture<Void> handled = new CompletableFuture<>();
		client.wire().together(() -> {
			send(client, input);
			client.ping().thenAccept(handled::complete);
		});
		return handled;
	}

	private static void send(StompClient client, byte[] input) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int kind = TEXT;
		for (byte each : input) {
			int next = each & 0xff;
			if (next != TEXT && next != BINARY) {
				message.write(each);
				continue;
			}
			send(client, kind, message);
			kind = next;
		}
		send(client, kind, message);
	}

	private static void send(StompClient client, int kind, ByteArrayOutputStream message) {
		if (message.size() > 0) {
			client.wire().send((kind == TEXT) ? 0x1 : 0x2, message.toByteArray());
			message.reset();
		}
	}

	/** Begin with each example of a frame alone, and with it on a connection. */
	static Stream<byte[]> examples() {
		return FrameVectors.fromClient().stream().flatMap((vector) -> {
			String connect = "CONNECT\naccept-version:%s\nhost:a\n\n\0".formatted(vector.version());
			return Stream.of(vector.content(), joined(connect, BINARY, vector.content()));
		});
	}

	private static byte[] joined(String first, int kind, byte[] second) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(first.getBytes(StandardCharsets.UTF_8));
		joined.write(kind);
		joined.writeBytes(second);
		return joined.toByteArray();
	}

	/** Keep what is logged as a failure of the server. */
	private static final class Failures extends AppenderBase<ILoggingEvent> {

		private final List<String> messages = new CopyOnWriteArrayList<>();

		void listen() {
			start();
			root().addAppender(this);
		}

		List<String> messages() {
			return this.messages;
		}

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
				this.messages.add(event.getFormattedMessage());
			}
		}

		@Override
		public void stop() {
			root().detachAppender(this);
			super.stop();
		}

		private static Logger root() {
			return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		}

	}

}
