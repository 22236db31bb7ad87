package dev.fanfare.http;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "fanfare.topics[0].pattern=keyless.*",
		"fanfare.topics[0].idempotency-window=0", "fanfare.topics[1].pattern=**" })
class IdempotentPublishingTests {

	private HttpAsker server;

	private int port;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.port = port;
		this.server = new HttpAsker(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "idempotency-key", "Idempotency-Key", "IDEMPOTENCY-KEY", "iDeMpOtEnCy-KeY" })
	void theSameKeyIsStoredOnceHoweverItsHeaderIsWritten(String header) {
		String topic = "once." + header;
		var first = publish(topic, header, "k", "hi");

		var second = publish(topic, "Idempotency-Key", "k", "hi");

		assertThat(first.status()).isEqualTo(201);
		assertThat(first.json().path("duplicate").booleanValue()).isFalse();
		assertThat(second.status()).isEqualTo(201);
		assertThat(second.json().path("duplicate").booleanValue()).isTrue();
		assertThat(second.json().path("position")).isEqualTo(first.json().path("position"));
		assertThat(second.header("location")).isEqualTo(first.header("location"));
		assertThat(count(topic)).isEqualTo(1);
	}

	@Test
	void withoutAKeyNothingIsSaidAboutDuplicates() {
		assertThat(this.server.publish("keyed", "hi").json().has("duplicate")).isFalse();
	}

	@Test
	void theSameKeyWithAnotherBodyOrContentTypeIsRefused() {
		String position = publish("conflict", "idempotency-key", "k", "one").json().path("position").stringValue();

		var otherBody = publish("conflict", "idempotency-key", "k", "two");
		var otherType = this.server.send(this.server.request("/api/topics/conflict/publications")
			.header("Content-Type", "text/html")
			.header("Idempotency-Key", "k")
			.POST(BodyPublishers.ofString("one")));

		assertThat(otherBody.problem(409, "idempotency-conflict")).contains("'k'", "'conflict'", position);
		assertThat(otherType.problem(409, "idempotency-conflict")).contains("'k'", "'conflict'", position);
		assertThat(count("conflict")).isEqualTo(1);
	}

	@Test
	void aKeyOfABatchIsTheSameAsThatOfARequestAndOfAFrame() {
		var first = publish("shared", "Idempotency-Key", "k", "hi");
		String position = first.json().path("position").stringValue();

		JsonNode batch = this.server.publishBatch("""
				[{"topic":"shared","text":"hi","contentType":"text/plain","idempotencyKey":"k"},
				 {"topic":"shared","text":"new","idempotencyKey":"k2"}]""").json();

		assertThat(batch.path(0).path("position").stringValue()).isEqualTo(position);
		assertThat(batch.path(0).path("duplicate").booleanValue()).isTrue();
		assertThat(batch.path(1).path("duplicate").booleanValue()).isFalse();
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient publisher = StompClient.connect(swarm);
			publisher.connected();
			var receipt = publisher.answered("SEND",
					Map.of("destination", "/topic/shared", "content-type", "text/plain", "idempotency-key", "k"), "hi");
			assertThat(receipt.header("position")).isEqualTo(position);
			assertThat(receipt.header("duplicate")).isEqualTo("true");
		}
		assertThat(count("shared")).isEqualTo(2);
	}

	@Test
	void aBatchWithAConflictPublishesNothing() {
		publish("whole", "Idempotency-Key", "k", "one");

		var answer = this.server.publishBatch("""
				[{"topic":"whole","text":"new"}, {"topic":"whole","text":"two","idempotencyKey":"k"}]""");

		assertThat(answer.problem(409, "idempotency-conflict")).contains("'k'");
		assertThat(count("whole")).isEqualTo(1);
	}

	@Test
	void ofManyWhoPublishTheSameAtOnceOneStoresIt() {
		List<CompletableFuture<Answer>> racing = IntStream.range(0, 32)
			.mapToObj((each) -> this.server.sending(this.server.request("/api/topics/raced/publications")
				.header("Idempotency-Key", "k")
				.POST(BodyPublishers.ofString("hi"))))
			.toList();

		List<JsonNode> receipts = racing.stream().map(CompletableFuture::join).map(Answer::json).toList();

		assertThat(receipts).filteredOn((receipt) -> !receipt.path("duplicate").booleanValue()).hasSize(1);
		assertThat(receipts).extracting((receipt) -> receipt.path("position").stringValue())
			.containsOnly(receipts.getFirst().path("position").stringValue());
		assertThat(count("raced")).isEqualTo(1);
	}

	@Test
	void aKeyHasOneTo128PrintableCharacters() {
		assertThat(publish("keys", "Idempotency-Key", "x".repeat(128), "hi").status()).isEqualTo(201);
		assertThat(publish("keys", "Idempotency-Key", "\"8e03978e 40d5\" ~!", "hi").status()).isEqualTo(201);
		assertThat(publish("keys", "Idempotency-Key", "x".repeat(129), "hi").problem(400, "invalid-idempotency-key"))
			.contains("'xxx", "1 to 128");
		assertThat(publish("keys", "Idempotency-Key", "", "hi").problem(400, "invalid-idempotency-key")).contains("''",
				"1 to 128");
		assertThat(this.server.publishBatch("[{\"topic\":\"keys\",\"text\":\"hi\",\"idempotencyKey\":\"a\\nb\"}]")
			.problem(400, "invalid-idempotency-key")).contains("Publication 1", "1 to 128");
		assertThat(count("keys")).isEqualTo(2);
	}

	@Test
	void twoKeysAreRefused() {
		var answer = this.server.send(this.server.request("/api/topics/two-keys/publications")
			.header("Idempotency-Key", "a")
			.header("Idempotency-Key", "b")
			.POST(BodyPublishers.ofString("hi")));

		assertThat(answer.problem(400, "invalid-idempotency-key")).contains("'a'", "'b'", "one");
		assertThat(count("two-keys")).isZero();
	}

	@Test
	void aKeyThatWouldMeanNothingIsRefused() {
		assertThat(publish("keyless.a", "Idempotency-Key", "k", "hi").problem(400, "invalid-idempotency-key"))
			.contains("'k'", "idempotency-window");
		assertThat(this.server.publish("keyless.a", "hi").status()).isEqualTo(201);
	}

	private Answer publish(String topic, String header, String key, String body) {
		return this.server.send(this.server.request("/api/topics/%s/publications".formatted(topic))
			.header("Content-Type", "text/plain")
			.header(header, key)
			.POST(BodyPublishers.ofString(body)));
	}

	private int count(String topic) {
		return this.server.get("/api/topics/" + topic).json().path("count").intValue();
	}

}
