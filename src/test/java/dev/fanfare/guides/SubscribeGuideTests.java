package dev.fanfare.guides;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.fanfare.http.Answer;
import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/subscribe.md hear everything once and in order, also what was
 * published while they were cut off.
 */
@GuideServer
class SubscribeGuideTests {

	private static final String GUIDE = "docs/subscribe.md";

	private static final String TOPIC = "/api/topics/public.news";

	@LocalServerPort
	private int port;

	@TempDir
	private Path folder;

	@BeforeEach
	void nobodyListensYet() {
		awaitReaders(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Listen.java", "listen.py", "stomp.py", "Listener.java" })
	void eachHearsAllOfItAcrossACut(String name) throws Exception {
		hearsAllOfItAcrossACut(name);
	}

	@Test
	@Tag("frontend")
	void nodeHearsAllOfItAcrossACut() throws Exception {
		hearsAllOfItAcrossACut("listen.mjs");
	}

	@Test
	void curlHearsWhatIsPublished() throws Exception {
		try (Example curl = Example.start(GUIDE, "listen.sh", this.folder, this.port)) {
			awaitReaders(1);
			publish("Hello, curl");
			Waiting.until("curl hears it", () -> curl.output().contains("data: Hello, curl"));
		}
	}

	@Test
	void everyFileIsTried() throws IOException {
		assertThat(Example.files(GUIDE)).containsExactlyInAnyOrder("Listen.java", "listen.py", "stomp.py",
				"Listener.java", "listen.mjs", "listen.sh");
	}

	private void hearsAllOfItAcrossACut(String name) throws Exception {
		List<String> published = new ArrayList<>();
		try (Example example = Example.start(GUIDE, name, this.folder, this.port)) {
			awaitReaders(1);
			published.add(publish("before, " + name));
			Waiting.until("the first is heard", () -> heard(example).toList().equals(published));

			cut();
			published.add(publish("meanwhile, " + name));
			Waiting.until("the second is heard", () -> heard(example).toList().equals(published));
			published.add(publish("afterwards, " + name));

			Waiting.until("the third is heard", () -> heard(example).count() >= 3);
			assertThat(heard(example)).containsExactlyElementsOf(published);
		}
	}

	private static Stream<String> heard(Example example) {
		return example.output().stream().filter((line) -> line.startsWith("message "));
	}

	private void awaitReaders(int count) {
		Waiting.until(count + " listen",
				() -> new HttpAsker(this.port).get(TOPIC).json().path("subscribers").asInt() == count);
	}

	/** Publish, and return the line that an example prints of it. */
	private String publish(String text) {
		HttpAsker http = new HttpAsker(this.port);
		Answer answer = http.send(http.request(TOPIC + "/publications")
			.header("Authorization", "Bearer " + GuideServer.KEY)
			.header("Content-Type", "text/plain")
			.POST(BodyPublishers.ofString(text)));
		assertThat(answer.status()).isEqualTo(201);
		return "message %s %s".formatted(answer.json().path("position").asString(""), text);
	}

	/** End all sessions that are subscribed to the topic. */
	private void cut() {
		HttpAsker http = new HttpAsker(this.port);
		JsonNode sessions = http
			.send(http.request("/api/sessions?topic=public.news").header("Authorization", "Bearer " + GuideServer.KEY))
			.json();
		assertThat(sessions).hasSize(1);
		Answer ended = http.send(http.request("/api/sessions/" + sessions.path(0).path("id").asString(""))
			.header("Authorization", "Bearer " + GuideServer.KEY)
			.DELETE());
		assertThat(ended.status()).isEqualTo(204);
	}

}
