package dev.fanfare;

import java.util.List;
import java.util.Map;

import dev.fanfare.testing.HttpPublisher;
import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of the packaged server as JSON. */
class LogsIT {

	@Test
	void linesAreJsonWhereThatIsWantedAndHoldNothingThatClientsSent() {
		try (ServerProcess server = ServerProcess.start("192m", "logging.structured.format.console=ecs",
				"logging.level.dev.fanfare=debug", "fanfare.access.keys[0].name=logged",
				"fanfare.access.keys[0].hash=sha256:fcc1d24e054cb6fd3a348a9b21cace38f342da8f2ef30ab99deab688409b110e",
				"fanfare.access.keys[0].scopes=publish,read", "fanfare.access.keys[0].topics=**");
				Swarm swarm = new Swarm(server.port())) {
			StompClient client = StompClient.connect(swarm, Map.of("passcode", "fanfare_KEY-secret"), Map.of());
			String session = client.connected().header("session");
			client.answered("SEND", Map.of("destination", "/topic/logged"), "BODY-secret");
			client.request("SEND", Map.of("destination", "/nowhere"), "BODY-secret");
			client.closed();
			new HttpPublisher(server.port()).get("/api/topics?limit=x&access_token=TOKEN-secret");

			Waiting.until("the end is logged", () -> !about(server, session).isEmpty());

			assertThat(about(server, session)).allSatisfy((line) -> {
				assertThat(line.path("message").asString("")).contains("ended: protocol-error");
				assertThat(line.at("/session/id").asString(line.path("session.id").asString(""))).isEqualTo(session);
			});
			assertThat(server.log()).noneMatch((line) -> line.contains("-secret"));
		}
	}

	private static List<JsonNode> about(ServerProcess server, String session) {
		return server.log()
			.stream()
			.filter((line) -> line.startsWith("{") && line.contains("Connection " + session))
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
	}

}
