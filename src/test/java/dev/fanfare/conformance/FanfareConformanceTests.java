package dev.fanfare.conformance;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Fanfare passes every check, and each leaves it healthy and other clients served. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "fanfare.stomp.heartbeat=1s")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FanfareConformanceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@LocalServerPort
	private int port;

	private Swarm swarm;

	private Server server;

	private String topic;

	private Peer bystander;

	@BeforeAll
	void open() {
		this.swarm = new Swarm(this.port);
		this.server = Server.at(this.swarm, URI.create("ws://localhost:" + this.port + "/ws"), PATIENCE);
		this.topic = this.server.topic();
		this.bystander = this.server.reader(this.topic);
	}

	@AfterAll
	void close() {
		this.swarm.close();
	}

	static List<Check> checks() {
		return Suite.checks();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("checks")
	void passes(Check check, CapturedOutput output) {
		try (Server own = this.server.again()) {
			assertThatCode(() -> check.body().run(own)).as(check.toString()).doesNotThrowAnyException();
		}
		isHealthy(output);
	}

	@Test
	void idsAreUnique() {
		assertThat(Suite.checks()).extracting(Check::id).doesNotHaveDuplicates();
	}

	private void isHealthy(CapturedOutput output) {
		try (Server other = this.server.again()) {
			other.client().publish(this.topic, "well");
			this.bystander.message("well");
		}
		assertThat(new HttpPublisher(this.port).get("/actuator/health/liveness").body()).contains("\"UP\"");
		assertThat(output.getAll()).doesNotContain(" ERROR ");
	}

}
