package dev.fanfare.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class HistoryApiTests {

	private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"(\\w+)\"");

	/** How many publications the default rule keeps. */
	private static final int KEPT = 1000;

	private HttpAsker server;

	private int port;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.port = port;
		this.server = new HttpAsker(port);
	}

	@Test
	void aHistoryIsReadPageByPageAlongTheLinks() {
		publish("paged", 250);

		var pages = follow("/api/topics/paged/publications?limit=100", "next");

		assertThat(pages).extracting(List::size).containsExactly(100, 100, 50);
		assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(upTo(250));
	}

	@Test
	void theNewestComeFirstWhereThatIsAskedFor() {
		publish("back", 250);

		var pages = follow("/api/topics/back/publications?limit=100&order=newest", "next");

		assertThat(pages).extracting(List::size).containsExactly(100, 100, 50);
		assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(upTo(250).reversed());
	}

	@ParameterizedTest
	@CsvSource({ "oldest, after", "newest, before" })
	void theLinksLeadBackTheSamePages(String order, String name) {
		String topic = "there-and-back-" + order;
		String epoch = publish(topic, 90);
		String last = "/api/topics/%s/publications?limit=20&order=%s&%s=%s:%d".formatted(topic, order, name, epoch,
				order.equals("oldest") ? 80 : 11);

		var pages = follow(last, "prev");

		assertThat(pages).hasSize(5);
		List<Long> first = pages.getLast();
		assertThat(pages.reversed().stream().flatMap(List::stream))
			.containsExactlyElementsOf(order.equals("oldest") ? upTo(90) : upTo(90).reversed());
		assertThat(first).hasSize(20);
	}

	@Test
	void pagesOfLargeBodiesAreShorterThanTheLimit() {
		String body = "x".repeat(60_000);
		IntStream.range(0, 60).forEach((each) -> this.server.publish("large", body));

		var forwards = follow("/api/topics/large/publications?limit=1000", "next");
		var backwards = follow("/api/topics/large/publications?limit=1000&order=newest", "next");

		assertThat(forwards).hasSizeGreaterThan(2);
		assertThat(forwards.stream().flatMap(List::stream)).containsExactlyElementsOf(upTo(60));
		assertThat(backwards).hasSizeGreaterThan(2);
		assertThat(backwards.stream().flatMap(List::stream)).containsExactlyElementsOf(upTo(60).reversed());
	}

	@Test
	void aStretchIsReadBetweenTwoPositions() {
		String epoch = publish("between", 20);
		String path = "/api/topics/between/publications?after=%1$s:5&before=%1$s:9".formatted(epoch);

		assertThat(offsets(this.server.get(path))).containsExactly(6L, 7L, 8L);
		assertThat(offsets(this.server.get(path + "&order=newest"))).containsExactly(8L, 7L, 6L);
		assertThat(offsets(this.server.get(path.replace(":9", ":6")))).isEmpty();
		assertThat(offsets(this.server.get(path.replace(":9", ":2")))).isEmpty();
	}

	@Test
	void whatWasPublishedSinceATimeIsRead() {
		publish("since", 3);
		long third = last("since").path("timestamp").longValue();
		Waiting.until("the clock goes on", () -> System.currentTimeMillis() > third + 1);
		publish("since", 2);
		String then = Instant.ofEpochMilli(third + 1).toString();

		assertThat(offsets(this.server.get("/api/topics/since/publications?since=" + then))).containsExactly(4L, 5L);
		assertThat(offsets(this.server.get("/api/topics/since/publications?since=" + (third + 1)))).containsExactly(4L,
				5L);
		assertThat(offsets(this.server.get("/api/topics/since/publications?order=newest&since=" + then)))
			.containsExactly(5L, 4L);
		assertThat(offsets(this.server.get("/api/topics/since/publications?since=2020-01-01T10:00%2B02:00")))
			.hasSize(5);
		assertThat(offsets(this.server.get("/api/topics/since/publications?since=2999-01-01T10:00Z"))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("dev.fanfare.http.PublicationApiTests#bodies")
	void aPublicationIsReadAsItWasPublished(String contentType, byte[] body) {
		var published = this.server.publish("as-it-was", contentType, body);

		var read = this.server.get(published.header("location"));

		assertThat(read.status()).isEqualTo(200);
		assertThat(this.server.bytes(published.header("location"))).isEqualTo(body);
		// The server writes the names of charsets in lower case, which means the same.
		assertThat(read.header("content-type")).isEqualToIgnoringCase(contentType);
		String position = published.json().path("position").stringValue();
		assertThat(read.header("fanfare-position")).isEqualTo(position);
		assertThat(read.header("etag")).isEqualTo("\"" + position + "\"");
		assertThat(read.header("fanfare-timestamp")).isEqualTo(last("as-it-was").path("timestamp").longValue() + "");
	}

	@ParameterizedTest
	@MethodSource("dev.fanfare.http.PublicationApiTests#bodies")
	void theBytesCanBeHadBackFromAHistory(String contentType, byte[] body) {
		this.server.publish("listed", contentType, body);

		JsonNode listed = last("listed");

		assertThat(listed.path("contentType").stringValue()).isEqualTo(contentType);
		assertThat(bytes(listed)).isEqualTo(body);
	}

	@Test
	void jsonIsReadAsJson() {
		this.server.publish("json", "application/vnd.scores+json; v=2",
				"{\"home\": 1.10}".getBytes(StandardCharsets.UTF_8));

		var answer = this.server.get("/api/topics/json/publications");

		assertThat(answer.body()).contains("\"json\":{\"home\": 1.10}").doesNotContain("\"text\"", "\"base64\"");
		assertThat(answer.json().path(0).path("json").path("home").asDouble()).isEqualTo(1.1);
	}

	@Test
	void otherHeadersAreReadToo() {
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient publisher = StompClient.connect(swarm);
			publisher.connected();
			publisher.answered("SEND", Map.of("destination", "/topic/headers", "x-by", "anna: \"é\""), "hi");
		}

		JsonNode read = last("headers");

		assertThat(read.path("headers").path("x-by").stringValue()).isEqualTo("anna: \"é\"");
		assertThat(read.path("text").stringValue()).isEqualTo("hi");
	}

	@Test
	void aPublicationIsKeptByCachesAndNotSentTwice() {
		String location = this.server.publish("cached", "hi").header("location");
		var first = this.server.get(location);

		var again = this.server.send(this.server.request(location).header("If-None-Match", first.header("etag")));

		assertThat(first.header("cache-control")).isEqualTo("private, max-age=31536000, immutable");
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
	}

	@Test
	void aPublishedPageIsNotRunAsAPageOfTheServer() {
		String location = this.server
			.publish("page", "text/html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8))
			.header("location");

		var read = this.server.get(location);

		assertThat(read.header("content-security-policy")).contains("sandbox").contains("default-src 'none'");
		assertThat(read.header("x-content-type-options")).isEqualTo("nosniff");
	}

	@Test
	void aPublicationThatIsNotThereIsNotKept() {
		String epoch = publish("missing", 2);

		assertThat(this.server.get("/api/topics/missing/publications/%s:3".formatted(epoch)).problem(404, "not-kept"))
			.contains("'missing'", epoch + ":3", "%1$s:1 to %1$s:2".formatted(epoch));
		assertThat(this.server.get("/api/topics/missing/publications/%s:0".formatted(epoch)).problem(404, "not-kept"))
			.contains(epoch + ":0");
		assertThat(this.server.get("/api/topics/missing/publications/other:1").problem(404, "not-kept"))
			.contains("other:1");
		assertThat(this.server.get("/api/topics/never/publications/other:1").problem(404, "not-kept"))
			.contains("keeps none");
	}

	@Test
	void aTextThatIsNoPositionIsRefused() {
		assertThat(this.server.get("/api/topics/a/publications/17").problem(400, "invalid-position")).contains("'17'",
				"epoch:offset");
		assertThat(this.server.get("/api/topics/a/publications?after=x").problem(400, "invalid-position"))
			.contains("'after'", "'x'", "epoch:offset");
		assertThat(this.server.get("/api/topics/a/publications?before=e:-1").problem(400, "invalid-position"))
			.contains("'before'", "'e:-1'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "limit=0|'limit' is '0'|1 to 1000", "limit=1001|'1001'|1 to 1000", "limit=x|'x'|1 to 1000",
					"limit=99999999999|'99999999999'|fanfare.http.max-page",
					"order=up|'order' is 'up'|oldest or newest",
					"since=yesterday|'since' is 'yesterday'|2026-08-01T10:00Z",
					"since=2026-08-32|'2026-08-32'|milliseconds since 1970" })
	void aValueThatCannotBeIsNamedAndWhatWouldBeRight(String query, String wrong, String right) {
		var answer = this.server.get("/api/topics/a/publications?" + query);

		assertThat(answer.problem(400, "invalid-parameter")).contains(wrong, right);
	}

	@Test
	void emptyValuesCountAsNone() {
		publish("empties", 2);

		var answer = this.server.get("/api/topics/empties/publications?after=&before=&since=&limit=&order=");

		assertThat(offsets(answer)).containsExactly(1L, 2L);
	}

	@Test
	void whatWasTrimmedIsNeverSkippedSilently() {
		publishBatches("trimmed", KEPT + 50);
		String epoch = epoch("trimmed");

		assertThat(lost("trimmed", "after=%s:49".formatted(epoch))).contains("'after' is '%s:49'".formatted(epoch),
				"no longer has", "it keeps %1$s:51 to %1$s:1050".formatted(epoch));
		assertThat(lost("trimmed", "after=other:60")).contains("new epoch");
		assertThat(lost("trimmed", "after=%s:1051".formatted(epoch))).contains("not got that far");
		assertThat(lost("trimmed", "before=other:60")).contains("'before'", "new epoch");
		assertThat(lost("trimmed", "before=%s:1052".formatted(epoch))).contains("not got that far");
		assertThat(offsets(this.server.get("/api/topics/trimmed/publications?limit=1000&after=%s:50".formatted(epoch))))
			.hasSize(KEPT)
			.startsWith(51L);
		assertThat(offsets(this.server.get("/api/topics/trimmed/publications?limit=2&before=%s:53".formatted(epoch))))
			.containsExactly(51L, 52L);
		assertThat(
				offsets(this.server.get("/api/topics/trimmed/publications?order=newest&before=%s:51".formatted(epoch))))
			.isEmpty();
	}

	@Test
	void aHistoryThatIsResetBeginsANewEpoch() {
		String epoch = publish("reset", 5);
		String location = "/api/topics/reset/publications/" + epoch + ":1";

		var answer = this.server.delete("/api/topics/reset/publications");

		assertThat(answer.status()).isEqualTo(200);
		String position = answer.json().path("position").stringValue();
		assertThat(position).endsWith(":0").doesNotStartWith(epoch);
		assertThat(answer.json().path("count").intValue()).isZero();
		assertThat(offsets(this.server.get("/api/topics/reset/publications"))).isEmpty();
		assertThat(this.server.get(location).status()).isEqualTo(404);
		assertThat(lost("reset", "after=%s:1".formatted(epoch))).contains("new epoch", "stands at " + position);
		assertThat(this.server.publish("reset", "again").json().path("position").stringValue())
			.isEqualTo(position.replace(":0", ":1"));
	}

	@Test
	void aPageIsWholeWhileOthersPublishAndTrim() {
		publishBatches("busy", KEPT);
		var publishing = CompletableFuture.runAsync(() -> publishBatches("busy", 3000));

		while (!publishing.isDone()) {
			var answer = this.server.get("/api/topics/busy/publications?limit=300&order=newest");
			var offsets = offsets(answer);
			assertThat(offsets).hasSize(300);
			assertThat(offsets).containsExactlyElementsOf(
					LongStream.rangeClosed(offsets.getLast(), offsets.getFirst()).boxed().toList().reversed());
			var next = this.server
				.get("/api/topics/busy/publications?limit=300&after=%s:%d".formatted(epoch("busy"), offsets.getLast()));
			if (next.status() == 200) {
				assertThat(offsets(next)).startsWith(offsets.getLast() + 1);
			}
			else {
				next.problem(410, "position-lost");
			}
		}
		publishing.join();
	}

	private String lost(String topic, String query) {
		return this.server.get("/api/topics/%s/publications?%s".formatted(topic, query)).problem(410, "position-lost");
	}

	private List<List<Long>> follow(String path, String relation) {
		List<List<Long>> pages = new ArrayList<>();
		Optional<String> next = Optional.of(path);
		while (next.isPresent()) {
			var answer = this.server.get(next.get());
			pages.add(offsets(answer));
			next = link(answer, next.get(), relation);
		}
		return pages;
	}

	private static Optional<String> link(Answer answer, String path, String relation) {
		Matcher links = LINK.matcher(answer.header("link"));
		return links.results()
			.filter((link) -> link.group(2).equals(relation))
			.map((link) -> URI.create(path).resolve(link.group(1)).toString())
			.findFirst();
	}

	private static List<Long> offsets(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return StreamSupport.stream(answer.json().spliterator(), false)
			.map((each) -> each.path("position").stringValue())
			.map((position) -> Long.parseLong(position.split(":")[1]))
			.toList();
	}

	private static byte[] bytes(JsonNode publication) {
		if (publication.has("base64")) {
			return Base64.getDecoder().decode(publication.path("base64").stringValue());
		}
		String text = publication.has("json") ? publication.path("json").toString()
				: publication.path("text").stringValue();
		// A parser of JSON takes white space away.
		return (publication.has("json") ? "{ \"a\" : 1.10 }\n" : text).getBytes(StandardCharsets.UTF_8);
	}

	private JsonNode last(String topic) {
		return this.server.get("/api/topics/%s/publications?order=newest&limit=1".formatted(topic)).json().path(0);
	}

	private String epoch(String topic) {
		return this.server.get("/api/topics/" + topic).json().path("position").stringValue().split(":")[0];
	}

	/** Publish so many and return the epoch. */
	private String publish(String topic, int count) {
		publishBatches(topic, count);
		return epoch(topic);
	}

	private void publishBatches(String topic, int count) {
		for (int done = 0; done < count; done += 50) {
			String batch = String.join(",",
					IntStream.range(done, Math.min(count, done + 50))
						.mapToObj((number) -> "{\"topic\":\"%s\",\"text\":\"%d\"}".formatted(topic, number))
						.toList());
			assertThat(this.server.publishBatch("[" + batch + "]").status()).isEqualTo(201);
		}
	}

	private static List<Long> upTo(long last) {
		return LongStream.rangeClosed(1, last).boxed().toList();
	}

}
