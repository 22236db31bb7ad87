package dev.fanfare.build;

import java.util.List;

import dev.fanfare.http.HttpAsker;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar says what it is made of, to operators. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SbomTests {

	@LocalServerPort
	private int port;

	@Test
	void nobodyReadsItUnlessTheOperatorAllowsIt() {
		new HttpAsker(this.port).get("/actuator/sbom").problem(404, "unknown-path");
		new HttpAsker(this.port).get("/actuator/sbom/application").problem(404, "unknown-path");
	}

	@Nested
	@TestPropertySource(properties = "management.endpoints.web.exposure.include=sbom")
	class WhereItIsExposed {

		@Test
		void anOperatorReadsOfTheServersLibraries(@LocalServerPort int exposed) {
			assertThat(libraries(exposed, "application"))
				.anyMatch((purl) -> purl.startsWith("pkg:maven/org.rocksdb/rocksdbjni@"))
				.anyMatch((purl) -> purl.startsWith("pkg:maven/org.eclipse.jetty/jetty-server@"))
				.noneMatch((purl) -> purl.contains("junit"));
		}

		@Test
		@Tag("frontend")
		void anOperatorReadsOfThePagesLibraries(@LocalServerPort int exposed) {
			assertThat(libraries(exposed, "frontend")).anyMatch((purl) -> purl.startsWith("pkg:npm/%40stomp/stompjs@"))
				.noneMatch((purl) -> purl.contains("vite"));
		}

	}

	private static List<String> libraries(int port, String name) {
		var answer = new HttpAsker(port).get("/actuator/sbom/" + name);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared()
			.readTree(answer.body())
			.path("components")
			.valueStream()
			.map((component) -> component.path("purl").asString(""))
			.toList();
	}

}
