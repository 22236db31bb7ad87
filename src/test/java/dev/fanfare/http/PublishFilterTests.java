package dev.fanfare.http;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static dev.fanfare.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Publishing is answered before the servlets or before Spring MVC, and nobody can tell.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.topics[0].pattern=short", "fanfare.topics[0].max-payload=4B",
				"fanfare.topics[1].pattern=**" })
@Import(PublishFilterTests.SpringMvc.class)
class PublishFilterTests {

	private static final String URI = "/api/topics/{topic}/publications";

	@Autowired
	private SpringMvc springMvc;

	@Autowired
	private MeterRegistry meters;

	private HttpAsker server;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = new HttpAsker(port);
		this.springMvc.seen.clear();
	}

	@ParameterizedTest
	@MethodSource("requests")
	void allWaysAnswerTheSame(String topic, UnaryOperator<HttpRequest.Builder> request) {
		String plain = path(topic);
		String escaped = path("%%%02x%s".formatted((int) topic.charAt(0), topic.substring(1)));
		String marked = plain + "?a";
		if (topic.equals("same")) {
			// So that a key stands for its body already.
			this.server.send(request.apply(this.server.request(plain)));
		}

		Answer one = this.server.send(request.apply(this.server.request(plain)));
		Answer filters = this.server.send(request.apply(this.server.request(marked)));
		Answer other = this.server.send(request.apply(this.server.request(escaped)));

		assertThat(this.springMvc.seen).containsExactly(escaped);
		assertThat(filters.status()).isEqualTo(one.status());
		assertThat(headers(filters)).isEqualTo(headers(one));
		assertThat(withoutPlace(filters.body())).isEqualTo(withoutPlace(one.body()));
		assertThat(one.status()).isEqualTo(other.status());
		assertThat(headers(one)).isEqualTo(headers(other));
		assertThat(withoutPlace(one.body())).isEqualTo(withoutPlace(other.body()).replace(escaped, plain));
	}

	static Stream<Arguments> requests() {
		return Stream.of(arguments("news", post("hi", Map.of("Content-Type", "text/plain"))),
				arguments("news", post("hi", Map.of())), arguments("news", post("hi", Map.of("Accept", "text/html"))),
				arguments("news", post("", Map.of())), arguments("news", post("x".repeat(64 * 1024 + 1), Map.of())),
				arguments("news", post("x".repeat(64 * 1024), Map.of())), arguments("short", post("long", Map.of())),
				arguments("short", post("longer", Map.of("Accept", "text/html"))),
				arguments("same", post("hi", Map.of("Idempotency-Key", "one"))),
				arguments("same", post("another", Map.of("Idempotency-Key", "one"))),
				arguments("news", post("hi", Map.of("Idempotency-Key", "x".repeat(129)))),
				arguments("-news", post("hi", Map.of())), arguments("a+b", post("hi", Map.of())),
				arguments("x".repeat(129), post("hi", Map.of())));
	}

	@ParameterizedTest
	@CsvSource({ "GET, /api/topics/a/publications", "DELETE, /api/topics/a/publications",
			"POST, /api/topics/a/publications/", "POST, /api/topics/publications/",
			"POST, /api/topics/a/b/publications" })
	void whatIsNotPublishingIsForSpringMvc(String method, String path) {
		this.server.send(this.server.request(path).method(method, BodyPublishers.ofString("hi")));

		assertThat(this.springMvc.seen).containsExactly(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "metered/publications", "metered/publications?a", "%6detered/publications" })
	void itIsMeasuredAsAnyRequest(String path) {
		double before = measured();

		this.server.post("/api/topics/" + path, "text/plain", BodyPublishers.ofString("hi"));

		// Measured when the answer is out.
		until("it is measured", () -> measured() == before + 1);
		assertThat(this.meters.find("http.server.requests").tags("uri", URI, "status", "201").timers()).hasSize(1);
	}

	private double measured() {
		Timer timer = this.meters.find("http.server.requests")
			.tags("method", "POST", "uri", URI, "status", "201", "outcome", "SUCCESS", "exception", "none")
			.timer();
		return (timer != null) ? timer.count() : 0;
	}

	private static UnaryOperator<HttpRequest.Builder> post(String body, Map<String, String> headers) {
		return (request) -> {
			headers.forEach(request::header);
			return request.POST(BodyPublishers.ofString(body));
		};
	}

	private static String path(String topic) {
		return "/api/topics/" + topic + "/publications";
	}

	/** Return the headers without how long the body is and when that was. */
	private static Map<String, List<String>> headers(Answer answer) {
		Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
		headers.keySet().removeAll(List.of("content-length", "transfer-encoding", "date"));
		headers.replaceAll((name, values) -> values.stream().map(PublishFilterTests::withoutPlace).toList());
		return headers;
	}

	/** Leave out which publication of the topic it became. */
	private static String withoutPlace(String text) {
		return text.replaceAll("([0-9a-z]{8}):[0-9]+", "$1:N");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class SpringMvc implements WebMvcConfigurer {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new HandlerInterceptor() {
				@Override
				public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
					SpringMvc.this.seen.add(request.getRequestURI());
					return true;
				}
			});
		}

	}

}
