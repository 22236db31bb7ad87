package dev.fanfare.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TopicApiTests {

	private HttpAsker server;

	private int port;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.port = port;
		this.server = new HttpAsker(port);
	}

	@Test
	void aTopicSaysWhereItStandsAndWhatItsRuleIs() {
		try (Swarm swarm = new Swarm(this.port)) {
			StompClient reader = StompClient.connect(swarm);
			reader.connected();
			reader.subscribe("1", "/topic/state").subscribe("2", "/topic/state");
			this.server.publish("state", "12345");
			String position = this.server.publish("state", "12345").json().path("position").stringValue();

			JsonNode topic = this.server.get("/api/topics/state").json();

			assertThat(topic.path("topic").stringValue()).isEqualTo("state");
			assertThat(topic.path("position").stringValue()).isEqualTo(position);
			assertThat(topic.path("oldest").stringValue()).isEqualTo(position.replace(":2", ":1"));
			assertThat(topic.path("count").intValue()).isEqualTo(2);
			assertThat(topic.path("bytes").intValue()).isBetween(10, 100);
			assertThat(topic.path("timestamp").longValue()).isCloseTo(System.currentTimeMillis(), within(60_000L));
			assertThat(topic.path("subscribers").intValue()).isEqualTo(2);
			assertThat(topic.path("rule").toString()).isEqualTo("{\"pattern\":\"**\",\"durability\":\"disk\","
					+ "\"history\":{\"messages\":1000,\"bytes\":8388608,\"age\":\"PT168H\"},\"maxPayload\":65536,"
					+ "\"idempotencyWindow\":\"PT10M\"}");
		}
	}

	@Test
	void aTopicThatNobodyPublishedToStandsBeforeItsFirst() {
		JsonNode topic = this.server.get("/api/topics/untouched").json();

		assertThat(topic.path("position").stringValue()).endsWith(":0");
		assertThat(topic.has("oldest")).isFalse();
		assertThat(topic.path("count").intValue()).isZero();
		assertThat(this.server.publish("untouched", "hi").json().path("position").stringValue())
			.isEqualTo(topic.path("position").stringValue().replace(":0", ":1"));
	}

	@Test
	void topicsAreListedPageByPageAlongTheLinks() {
		List<String> names = IntStream.range(10, 35).mapToObj((number) -> "list." + number).toList();
		names.forEach((name) -> this.server.publish(name, "hi"));
		this.server.publish("lista", "hi");
		this.server.publish("LIST.9", "hi");

		List<String> found = new ArrayList<>();
		String path = "/api/topics?prefix=list.&limit=10";
		while (!path.isEmpty()) {
			var answer = this.server.get(path);
			assertThat(answer.json()).hasSizeLessThanOrEqualTo(10);
			answer.json().forEach((topic) -> found.add(topic.path("topic").stringValue()));
			String link = answer.header("link");
			path = link.isEmpty() ? "" : URI.create(path).resolve(link.substring(1, link.indexOf('>'))).toString();
		}

		assertThat(found).containsExactlyElementsOf(names);
	}

	@Test
	void aListThatEndsHasNoLink() {
		this.server.publish("ends.1", "hi");
		this.server.publish("ends.2", "hi");

		assertThat(this.server.get("/api/topics?prefix=ends&limit=2").header("link")).isEmpty();
		assertThat(this.server.get("/api/topics?prefix=ends&limit=1").header("link"))
			.isEqualTo("</api/topics?prefix=ends&after=ends.1&limit=1>; rel=\"next\"");
		assertThat(this.server.get("/api/topics?prefix=ends&after=ends.2").json()).isEmpty();
		assertThat(this.server.get("/api/topics?prefix=no-such").json()).isEmpty();
	}

	@Test
	void withoutAPrefixAllAreListed() {
		this.server.publish("all.1", "hi");

		var names = StreamSupport.stream(this.server.get("/api/topics?limit=1000").json().spliterator(), false)
			.map((topic) -> topic.path("topic").stringValue());

		assertThat(names).contains("all.1").isSorted();
	}

	@Test
	void aValueThatCannotBeIsNamedAndWhatWouldBeRight() {
		assertThat(this.server.get("/api/topics?limit=1001").problem(400, "invalid-parameter")).contains("'1001'",
				"1 to 1000");
		assertThat(this.server.get("/api/topics?prefix=a%20b").problem(400, "invalid-parameter")).contains("'a b'",
				"letter or digit");
		assertThat(this.server.get("/api/topics?after=a%20b").problem(400, "invalid-topic-name")).contains("'a b'");
		assertThat(this.server.get("/api/topics/a%20b").problem(400, "invalid-topic-name")).contains("'a b'");
	}

}
