package dev.fanfare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.MarkdownTable;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.testing.Wire;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see on a port of its own, and clients do not on theirs. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "fanfare.sse.heartbeat=500ms", "fanfare.access.operate=granted" })
class ManagementPortTests {

	private static final Pattern TYPE = Pattern.compile("# TYPE (fanfare_\\w+) (\\w+)");

	private static final Pattern SAMPLE = Pattern.compile("^(fanfare_\\w+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	@Autowired
	private Broker broker;

	private HttpPublisher clients;

	private HttpPublisher operators;

	private int port;

	@BeforeEach
	void connect(@LocalServerPort int port, @LocalManagementPort int management) {
		this.port = port;
		this.clients = new HttpPublisher(port);
		this.operators = new HttpPublisher(management);
	}

	@Test
	void everyDocumentedMetricIsThereAndEveryMetricIsDocumented() {
		traffic();

		String scrape = scrape();

		Map<String, String> documented = new TreeMap<>();
		table().rows().forEach((row) -> documented.put(row.get("metric"), row.get("type")));
		assertThat(types(scrape)).as("metrics at /actuator/prometheus, compared with docs/operations.md")
			.isEqualTo(documented);
	}

	@Test
	void eachMetricHasTheLabelsThatAreDocumentedAndNoOther() {
		Map<String, Set<String>> documented = new TreeMap<>();
		table().rows()
			.forEach((row) -> documented.put(row.get("metric"),
					Arrays.stream(row.get("labels").split(", *"))
						.filter((label) -> !label.isEmpty())
						.collect(Collectors.toCollection(TreeSet::new))));

		Map<String, Set<String>> found = new TreeMap<>();
		SAMPLE.matcher(scrape()).results().forEach((sample) -> {
			Set<String> labels = found.computeIfAbsent(family(sample.group(1)), (name) -> new TreeSet<>());
			if (sample.group(2) != null) {
				LABEL.matcher(sample.group(2)).results().map((label) -> label.group(1)).forEach(labels::add);
			}
		});
		found.values().forEach((labels) -> labels.remove("le"));

		assertThat(found).isEqualTo(documented);
	}

	@Test
	void metricsCountWhatHappened() {
		Map<String, Double> before = values();

		traffic();

		Map<String, Double> grown = new TreeMap<>(values());
		grown.replaceAll((name, value) -> value - before.getOrDefault(name, 0.0));
		assertThat(grown).containsEntry("fanfare_publications_total{way=\"http\"}", 2.0)
			.containsEntry("fanfare_publications_total{way=\"stomp\"}", 2.0)
			.containsEntry("fanfare_publications_total{way=\"application\"}", 1.0)
			.containsEntry("fanfare_published_bytes_total{way=\"http\"}", 10.0)
			.containsEntry("fanfare_duplicates_total{way=\"http\"}", 2.0)
			.containsEntry("fanfare_refusals_total{type=\"unknown-subscription\"}", 1.0)
			.containsEntry("fanfare_refusals_total{type=\"invalid-topic-name\"}", 1.0)
			.containsEntry("fanfare_connections_opened_total{kind=\"stomp\"}", 1.0)
			.containsEntry("fanfare_connections_opened_total{kind=\"sse\"}", 1.0)
			.containsEntry("fanfare_connections_opened_total{kind=\"websocket\"}", 1.0)
			.containsEntry("fanfare_connections_closed_total{reason=\"protocol-error\"}", 1.0)
			.containsEntry("fanfare_redeliveries_total", 1.0)
			.containsEntry("fanfare_catchups_total", 1.0)
			.containsEntry("fanfare_replayed_publications_total", 1.0);
		assertThat(sum(grown, "fanfare_deliveries_total")).isGreaterThanOrEqualTo(3);
		assertThat(sum(grown, "fanfare_lane_rounds_total")).isPositive();
		assertThat(sum(grown, "fanfare_lane_flushes_total")).isPositive();
		assertThat(sum(grown, "fanfare_delivery_latency_seconds_count")).isPositive();
		assertThat(sum(grown, "fanfare_log_write_seconds_count")).isPositive();
		assertThat(grown.get("fanfare_sent_bytes_total{kind=\"stomp\"}"))
			.isGreaterThan(grown.get("fanfare_sent_messages_total{kind=\"stomp\"}"));
		assertThat(grown.get("fanfare_received_messages_total{kind=\"stomp\"}")).isGreaterThanOrEqualTo(5);
		assertThat(grown.get("fanfare_sent_messages_total{kind=\"sse\"}")).isPositive();
		assertThat(values()).containsEntry("fanfare_log_writable", 1.0)
			.containsEntry("fanfare_intake_used_bytes", 0.0)
			.containsEntry("fanfare_outbox_largest_bytes", 0.0);
		assertThat(values().get("fanfare_log_size_bytes")).isPositive();
		assertThat(values().get("fanfare_topics")).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/health", "/info", "/metrics", "/prometheus", "/sbom", "/loggers", "/threaddump",
			"/env", "/heapdump", "/backup", "/shutdown" })
	void clientsSeeNothingOfItOnTheirPort(String path) {
		assertThat(this.clients.get("/actuator" + path).statusCode()).isEqualTo(404);
	}

	@Test
	void whatCouldDoHarmIsNowhereUnlessItIsNamed() {
		for (String path : List.of("env", "heapdump", "backup", "shutdown", "beans", "configprops")) {
			assertThat(this.operators.get("/actuator/" + path).statusCode()).as(path).isEqualTo(404);
		}
	}

	@Test
	void probesAnswerOnBothPorts() {
		assertThat(this.clients.get("/livez").body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(this.clients.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(this.operators.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		assertThat(this.operators.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		assertThat(this.operators.get("/actuator/info").statusCode()).isEqualTo(200);
	}

	@Test
	void aNameThatAPageHadLeadHereIsRefused(@LocalManagementPort int management) {
		String request = "GET /%s HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n\r\n";

		assertThat(new HttpAsker(management).sendRaw(request.formatted("actuator/metrics"))).startsWith("HTTP/1.1 403 ")
			.contains("host-not-allowed");
		assertThat(new HttpAsker(this.port).sendRaw(request.formatted("livez"))).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void whatIsWrongIsToldOnItsPortAlone() {
		assertThat(this.operators.get("/actuator/health").body()).contains("components", "diskSpace", "details");
		assertThat(this.operators.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/sessions", "/api/sessions/x", "/api/node" })
	void operatingIsClosedUntilItIsOpened(String path) {
		assertThat(this.clients.get(path).statusCode()).isEqualTo(403);
		assertThat(this.clients.get(path).body()).contains("urn:fanfare:problem:access-denied", "operate this server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/sessions/x", "/api/sessions?user=ann", "/api/sessions/x/subscriptions/a" })
	void endingIsClosedUntilItIsOpened(String path) {
		assertThat(this.clients.delete(path).statusCode()).isEqualTo(403);
		assertThat(this.clients.post("/api/users/messages?user=ann", "text/plain", "x").statusCode()).isEqualTo(403);
	}

	@Test
	void whatIsNotThereIsAProblemOnTheClientsPortAsEver() {
		assertThat(this.clients.get("/nowhere").body()).contains("urn:fanfare:problem:unknown-path");
		assertThat(this.operators.get("/api/topics").statusCode()).isEqualTo(404);
	}

	/** Let something of everything happen. */
	private void traffic() {
		this.broker.publish(new Caller.Application(), Draft.ofText(new TopicName("own"), "x"));
		try (Swarm swarm = new Swarm(this.port)) {
			List<Frame> frames = new CopyOnWriteArrayList<>();
			StompClient reader = StompClient.connect(swarm);
			reader.connected();
			reader
				.subscribing("1", Map.of("destination", "/topic/seen", "ack", "client-individual"),
						(frame) -> frames.add(frame.copy()))
				.join();
			publishTwice("12345");
			Waiting.until("the message", () -> frames.size() == 1);
			reader.answered("NACK", Map.of("id", frames.getFirst().header("ack")), "");
			Waiting.until("it again", () -> frames.size() == 2);
			reader.answered("SEND", Map.of("destination", "/topic/seen"), "123");
			publishTwice("67890");
			Waiting.until("the others", () -> frames.size() == 4);
			hearEvents();
			Wire bare = swarm.open("/broadcast", Map.of(), (wire, text, payload) -> wire.close(1000));
			bare.closed().join();
			assertThat(this.clients.get("/api/topics/a%20b").statusCode()).isEqualTo(400);
			reader.frame("UNSUBSCRIBE", Map.of("id", "no-such"), new byte[0]);
			reader.closed();
		}
		Waiting.until("all ends are noted", () -> sum(values(), "fanfare_connections{") == 0);
	}

	private void publishTwice(String body) {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		for (int time = 0; time < 2; time++) {
			assertThat(this.clients.post("/api/topics/seen/publications", "text/plain", body, key).statusCode())
				.isEqualTo(201);
		}
	}

	private void hearEvents() {
		try (EventClient events = EventClient.open(this.port, "/api/topics/seen/events?replay=last=1", Map.of())) {
			Waiting.until("the event", () -> events.events().size() == 1);
		}
	}

	private String scrape() {
		return this.operators.get("/actuator/prometheus").body();
	}

	private Map<String, Double> values() {
		Map<String, Double> values = new TreeMap<>();
		SAMPLE.matcher(scrape())
			.results()
			.forEach((sample) -> values.put(
					sample.group(1) + ((sample.group(2) != null) ? "{" + sample.group(2) + "}" : ""),
					Double.valueOf(sample.group(3))));
		return values;
	}

	private static double sum(Map<String, Double> values, String prefix) {
		return values.entrySet()
			.stream()
			.filter((value) -> value.getKey().startsWith(prefix))
			.mapToDouble(Map.Entry::getValue)
			.sum();
	}

	/** Return the types of the metrics by their names, without the largest values. */
	private static Map<String, String> types(String scrape) {
		return TYPE.matcher(scrape)
			.results()
			.filter((type) -> !type.group(1).endsWith("_max"))
			.collect(Collectors.toMap((type) -> type.group(1), (type) -> type.group(2), (one, other) -> one,
					TreeMap::new));
	}

	private static String family(String sample) {
		return sample.replaceFirst("_(bucket|count|sum|max)$", "");
	}

	private static MarkdownTable table() {
		return MarkdownTable.of(Path.of("docs/operations.md"), "## Metrics");
	}

}
