package dev.fanfare.guides;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.tools.ToolProvider;

import dev.fanfare.http.HttpAsker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/publish.md publish, once however often they run. */
@GuideServer
class PublishGuideTests {

	private static final String GUIDE = "docs/publish.md";

	private static final Map<String, String> HEADLINES = Map.of("publish.sh", "Hello from curl", "Publish.java",
			"Hello from Java", "publish.py", "Hello from Python", "publish.mjs", "Hello from JavaScript",
			"Publisher.java", "Hello from Spring");

	@LocalServerPort
	private int port;

	@TempDir
	private Path first;

	@TempDir
	private Path second;

	@ParameterizedTest
	@ValueSource(strings = { "publish.sh", "Publish.java", "publish.py", "publish.mjs", "Publisher.java" })
	void eachPublishesOnceHoweverOftenItRuns(String name) throws Exception {
		JsonNode stored = run(name, this.first);
		JsonNode again = run(name, this.second);

		assertThat(stored.path("duplicate").asBoolean()).isFalse();
		assertThat(again.path("duplicate").asBoolean()).isTrue();
		assertThat(again.path("position")).isEqualTo(stored.path("position"));
		String path = "/api/topics/public.news/publications/" + stored.path("position").asString("");
		assertThat(new HttpAsker(this.port).get(path).json().path("headline").asString(""))
			.isEqualTo(HEADLINES.get(name));
	}

	@Test
	void codeInsideOfFanfarePublishes(@Autowired AutowireCapableBeanFactory beans) throws Exception {
		Path source = this.first.resolve("InsideFanfare.java");
		Files.writeString(source, Example.content(GUIDE, "InsideFanfare.java"));
		int failures = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-d", this.first.toString(), "-cp", System.getProperty("java.class.path"),
					"-parameters", source.toString());
		assertThat(failures).isZero();

		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.first.toUri().toURL() },
				getClass().getClassLoader())) {
			Object inside = beans.createBean(loader.loadClass("InsideFanfare"));
			ReflectionTestUtils.invokeMethod(inside, "byTheBroker", "By the broker");
			ReflectionTestUtils.invokeMethod(inside, "byTheTemplate", "By the template");
		}

		assertThat(new HttpAsker(this.port).get("/api/topics/public.news/publications?order=newest&limit=2").body())
			.contains("By the broker", "By the template");
	}

	@Test
	void everyFileIsTried() throws IOException {
		assertThat(Example.files(GUIDE)).containsAll(HEADLINES.keySet()).hasSize(HEADLINES.size() + 1);
	}

	private JsonNode run(String name, Path folder) throws Exception {
		try (Example example = Example.start(GUIDE, name, folder, this.port)) {
			return JsonMapper.shared().readTree(example.result());
		}
	}

}
