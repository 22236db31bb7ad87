package dev.fanfare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of a publication where somebody wants to know, and what never is. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.keys[0].name=logged",
				"fanfare.access.keys[0].hash=sha256:fcc1d24e054cb6fd3a348a9b21cace38f342da8f2ef30ab99deab688409b110e",
				"fanfare.access.keys[0].scopes=publish,read", "fanfare.access.keys[0].topics=**",
				"management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:${receiver.port}/v1/traces",
				"management.opentelemetry.tracing.export.schedule-delay=100ms",
				"management.tracing.sampling.probability=1.0", "logging.level.dev.fanfare=debug" })
class TracesAndLogsTests {

	private static final AtomicInteger EXPORTS = new AtomicInteger();

	private static final HttpServer RECEIVER = receiver();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void receiver(DynamicPropertyRegistry registry) {
		registry.add("receiver.port", RECEIVER.getAddress()::getPort);
	}

	private static HttpServer receiver() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			server.createContext("/v1/traces", (exchange) -> {
				exchange.getRequestBody().readAllBytes();
				EXPORTS.incrementAndGet();
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aPublicationIsTracedFromTheRequestToItsReaders() {
		String trace = UUID.randomUUID().toString().replace("-", "");
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient reader = StompClient.connect(swarm).subscribe("1", "/topic/traced");

			new HttpPublisher(this.port).post("/api/topics/traced/publications", "text/plain", "x",
					Map.of("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(trace)));

			Waiting.until("the message", () -> reader.received().size() == 1);
			Waiting.until("all spans", () -> Spans.of(trace).size() == 3);
			assertThat(reader.received().getFirst().header("traceparent")).isEmpty();
		}
		SpanData request = span(trace, "http post /api/topics/{topic}/publications");
		SpanData append = span(trace, "append");
		SpanData fanout = span(trace, "fan-out");
		assertThat(request.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
		assertThat(append.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(fanout.getParentSpanId()).isEqualTo(append.getSpanId());
		assertThat(fanout.getEndEpochNanos()).isGreaterThanOrEqualTo(fanout.getStartEpochNanos());
		assertThat(fanout.getAttributes().toString()).contains("traced", "fanfare.position=");
		Waiting.until("they are sent", () -> EXPORTS.get() > 0);
	}

	@Test
	void aPublicationThatNobodyReadsIsTracedToo() {
		String trace = UUID.randomUUID().toString().replace("-", "");

		new HttpPublisher(this.port).post("/api/publications", "application/json",
				"[{\"topic\": \"alone\", \"text\": \"a\"}, {\"topic\": \"alone\", \"text\": \"a\"}]",
				Map.of("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(trace)));

		Waiting.until("all spans", () -> Spans.of(trace).size() == 4);
		assertThat(Spans.of(trace)).filteredOn((span) -> span.getName().equals("fan-out")).hasSize(2);
	}

	@Test
	void whoDoesNotWantATraceGetsNone() {
		String trace = UUID.randomUUID().toString().replace("-", "");

		new HttpPublisher(this.port).post("/api/topics/traced/publications", "text/plain", "x",
				Map.of("traceparent", "00-%s-00f067aa0ba902b7-00".formatted(trace)));
		aPublicationIsTracedFromTheRequestToItsReaders();

		assertThat(Spans.of(trace)).isEmpty();
	}

	@Test
	void aTraceparentOfAStompPublisherReachesTheReaders() {
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient reader = StompClient.connect(swarm).subscribe("1", "/topic/passed");
			String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

			reader.answered("SEND", Map.of("destination", "/topic/passed", "traceparent", parent), "x");

			Waiting.until("the message", () -> reader.received().size() == 1);
			assertThat(reader.received().getFirst().header("traceparent")).isEqualTo(parent);
		}
	}

	@Test
	void logsNameTheSessionAndNeverWhatIsSecret(CapturedOutput output) {
		ListAppender<ILoggingEvent> failures = new ListAppender<>();
		failures.start();
		Logger logger = (Logger) LoggerFactory.getLogger("dev.fanfare.stomp.ControllerMessageHandler");
		logger.addAppender(failures);
		String session;
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient.connect(swarm, Map.of("login", "ann", "passcode", "PASSCODE-secret"), Map.of()).closed();
			StompClient client = StompClient.connect(swarm, Map.of("login", "ann", "passcode", "fanfare_KEY-secret"),
					Map.of("Authorization", "Bearer fanfare_KEY-secret"));
			session = client.connected().header("session");
			client.answered("SEND", Map.of("destination", "/topic/logged"), "BODY-secret");
			client.request("SEND", Map.of("destination", "/app/fails"), "BODY-secret");
			client.closed();
		}
		finally {
			logger.detachAppender(failures);
		}
		HttpPublisher http = new HttpPublisher(this.port);
		http.post("/api/topics/logged/publications?access_token=TOKEN-secret", "text/plain", "BODY-secret");
		http.post("/api/publications?access_token=TOKEN-secret", "application/json", "BODY-secret");
		http.get("/nowhere?access_token=TOKEN-secret");
		http.get("/api/topics?limit=x&access_token=TOKEN-secret");
		try (EventClient events = EventClient.open(this.port, "/api/topics/logged/events?access_token=TOKEN-secret",
				Map.of())) {
			assertThat(events.head().status()).isEqualTo(200);
		}
		Waiting.until("the end is logged", () -> output.getAll().contains("Connection " + session + " ended"));

		assertThat(output.getAll()).contains("It fails at 11 bytes").doesNotContain("-secret");
		assertThat(failures.list).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.getMDCPropertyMap()).containsEntry("session.id", session));
	}

	private static SpanData span(String trace, String name) {
		return Spans.of(trace).stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	@TestConfiguration
	static class Fails {

		@Bean
		Spans spans() {
			return new Spans();
		}

		@Bean
		FailingController failing() {
			return new FailingController();
		}

	}

	@Controller
	static class FailingController {

		@MessageMapping("/fails")
		void fail(byte[] body) {
			throw new IllegalStateException("It fails at " + body.length + " bytes");
		}

	}

	/** Keep the spans that have ended. */
	static final class Spans implements SpanProcessor {

		private static final List<SpanData> ENDED = new CopyOnWriteArrayList<>();

		static List<SpanData> of(String trace) {
			return ENDED.stream().filter((span) -> span.getTraceId().equals(trace)).toList();
		}

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
			// Their ends are enough.
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			ENDED.add(span.toSpanData());
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
