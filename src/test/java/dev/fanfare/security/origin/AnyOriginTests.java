package dev.fanfare.security.origin;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import dev.fanfare.http.HttpAsker;
import dev.fanfare.testing.EventClient;
import dev.fanfare.testing.Swarm;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Where all pages are let in, none of them brings its visitor's cookies. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.access.allowed-origins=*", "server.forward-headers-strategy=native" })
@Import(AnyOriginTests.Behind.class)
class AnyOriginTests {

	private static final Map<String, String> PAGE = Map.of("Origin", "https://any.example", "Cookie",
			"token=of-a-user");

	@LocalServerPort
	private int port;

	@Autowired
	private Behind behind;

	private HttpAsker server;

	@BeforeEach
	void connect() {
		this.server = new HttpAsker(this.port);
		this.behind.cookies.clear();
	}

	@Test
	void anyPagePublishesWithoutCookies() {
		var request = this.server.request("/api/topics/open/publications").POST(BodyPublishers.ofString("hi"));
		PAGE.forEach(request::header);

		var answer = this.server.send(request);

		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
		assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
		assertThat(this.behind.cookies).containsExactly("none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ws", "/", "/broadcast" })
	void anyPageConnectsWithoutCookies(String path) {
		assertThat(handshake(path, PAGE)).isEqualTo(101);
		assertThat(handshake(path, Map.of("Origin", "null", "Cookie", "token=of-a-user"))).isEqualTo(101);
		assertThat(this.behind.cookies).containsExactly("none", "none");
	}

	@Test
	void anyPageListensWithoutCookies() {
		try (EventClient events = EventClient.open(this.port, "/api/topics/open/events", PAGE)) {
			assertThat(events.head().status()).isEqualTo(200);
			assertThat(events.head().headers()).containsIgnoringCase("Access-Control-Allow-Origin: *");
		}
		assertThat(this.behind.cookies).containsExactly("none");
	}

	@Test
	void theServersOwnPagesKeepTheirs() {
		String own = "http://localhost:" + this.port;

		assertThat(handshake("/ws", Map.of("Origin", own, "Cookie", "token=of-a-user"))).isEqualTo(101);
		assertThat(handshake("/ws", Map.of("Origin", "https://fanfare.example", "X-Forwarded-Proto", "https",
				"X-Forwarded-Host", "fanfare.example", "Cookie", "token=of-a-user")))
			.isEqualTo(101);
		assertThat(this.behind.cookies).containsExactly("token=of-a-user 1", "token=of-a-user 1");
	}

	@Test
	void whatIsNoOriginIsStillRefused() {
		assertThat(handshake("/ws", Map.of("Origin", "https://any.example, https://other.example"))).isEqualTo(403);
	}

	private int handshake(String path, Map<String, String> headers) {
		try (Swarm swarm = new Swarm(this.port)) {
			return swarm.open(path, headers, (wire, text, payload) -> {
			}).handshake().orTimeout(10, TimeUnit.SECONDS).join().status();
		}
	}

	/** Sees what all that stands behind the check sees. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Behind {

		private final Queue<String> cookies = new ConcurrentLinkedQueue<>();

		@Bean
		FilterRegistrationBean<?> behind() {
			var registration = new FilterRegistrationBean<>((request, response, chain) -> {
				this.cookies.add(cookies((HttpServletRequest) request));
				chain.doFilter(request, response);
			});
			registration.setOrder(-101);
			return registration;
		}

		private static String cookies(HttpServletRequest request) {
			List<String> named = Collections.list(request.getHeaderNames())
				.stream()
				.filter((name) -> name.equalsIgnoreCase("Cookie"))
				.toList();
			boolean none = named.isEmpty() && request.getHeader("cookie") == null && request.getCookies() == null
					&& !request.getHeaders("Cookie").hasMoreElements();
			return none ? "none" : request.getHeader("Cookie") + " " + request.getCookies().length;
		}

	}

}
