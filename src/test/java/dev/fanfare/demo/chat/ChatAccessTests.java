package dev.fanfare.demo.chat;

import java.util.Map;
import java.util.UUID;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the rules close the chat to guests, guests neither talk nor look around. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.topics[0].pattern=chat.**", "fanfare.topics[0].access.subscribe=granted",
				"fanfare.topics[0].access.history=granted", "fanfare.topics[1].pattern=**",
				"fanfare.access.operate=granted",
				"fanfare.engine.embedded.path=${java.io.tmpdir}/fanfare-chat-${random.uuid}" })
class ChatAccessTests {

	private static final TopicName ROOM = new TopicName("chat.closed");

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	@Test
	void whoMayNotHearARoomCanDoNothingThere() {
		var application = new Caller.Application();
		this.broker.publish(application, new Draft(ROOM, Map.of(), "{}".getBytes()));
		try (var swarm = new Swarm(this.port)) {
			refused(swarm, "say", "{\"id\":\"id-of-message-0001\",\"name\":\"Ada\",\"text\":\"x\"}");
			refused(swarm, "edit", "{\"id\":\"id-of-message-0001\",\"of\":\"5f1c09aa:1\",\"text\":\"x\"}");
			refused(swarm, "delete", "{\"id\":\"id-of-message-0001\",\"of\":\"5f1c09aa:1\"}");
			refused(swarm, "typing", "{\"name\":\"Ada\"}");

			StompClient guest = client(swarm).subscribe("rooms", "/user/queue/chat/rooms");
			guest.answered("SEND", Map.of("destination", "/app/chat/rooms"), "");
			Waiting.until("the list has come", () -> !guest.received().isEmpty());
			assertThat(guest.received().getFirst().body()).isEqualTo("[]");
		}
		assertThat(this.broker.state(application, ROOM).count()).isEqualTo(1);
	}

	private static void refused(Swarm swarm, String action, String body) {
		Map<String, String> headers = Map.of("destination", "/app/chat/closed/" + action, "content-type",
				"application/json", "visitor", UUID.randomUUID().toString());
		assertThat(client(swarm).answered("SEND", headers, body).header("type")).as(action).isEqualTo("access-denied");
	}

	private static StompClient client(Swarm swarm) {
		StompClient client = StompClient.connect(swarm);
		client.connected();
		return client;
	}

}
