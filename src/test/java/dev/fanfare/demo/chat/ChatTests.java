package dev.fanfare.demo.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The chat as any STOMP client meets it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.demo.chat.max-rooms=12", "fanfare.demo.chat.rate=1/m burst 6",
				"fanfare.engine.embedded.path=${java.io.tmpdir}/fanfare-chat-${random.uuid}" })
class ChatTests {

	private static final String ADA = "ada-secret-abcdefghijk";

	private static final String BOB = "bob-secret-abcdefghijk";

	@LocalServerPort
	private int port;

	@Autowired
	private Broker broker;

	private Swarm swarm;

	/** Nobody has said anything there, so tests are not in each other's way. */
	private final String room = "room-" + UUID.randomUUID().toString().substring(0, 8);

	/** Made anew for each test, as each visitor may say but so much. */
	private final String suffix = UUID.randomUUID().toString();

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
		var application = new Caller.Application();
		this.broker.topics(application, "chat.", null, 100)
			.forEach((room) -> this.broker.reset(application, room.topic()));
	}

	@Test
	void whatIsSaidReachesTheRoomWithWhoSaidIt() {
		StompClient reader = reader();
		StompClient ada = client();

		Frame answer = say(ada, ADA, "id-of-message-0001", "Hello, *room*");

		assertThat(answer.command()).isEqualTo("RECEIPT");
		JsonNode event = events(reader, 1).getFirst();
		assertThat(event.properties().stream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("kind", "id", "author",
				"name", "text");
		assertThat(event.get("kind").asString()).isEqualTo("said");
		assertThat(event.get("text").asString()).isEqualTo("Hello, *room*");
		assertThat(event.get("author").asString()).isEqualTo(idOf(ada, ADA));
		assertThat(event.toString()).doesNotContain(ADA);
	}

	@Test
	void whatIsSaidTwiceUnderOneIdIsThereOnce() {
		StompClient reader = reader();

		say(client(), ADA, "id-of-message-0001", "once");
		Frame again = say(client(), ADA, "id-of-message-0001", "once");
		say(client(), BOB, "id-of-message-0001", "of another");

		assertThat(again.command()).isEqualTo("RECEIPT");
		assertThat(events(reader, 2)).extracting((event) -> event.get("text").asString())
			.containsExactly("once", "of another");
	}

	@Test
	void whoSaidItMayEditAndDeleteIt() {
		StompClient reader = reader();
		StompClient ada = client();
		say(ada, ADA, "id-of-message-0001", "teh");
		events(reader, 1);
		String of = reader.received().getFirst().header("message-id");

		Frame edited = ask(ada, ADA, "edit", Map.of("id", "id-of-edit-00000001", "of", of, "text", "the"));
		Frame deleted = ask(ada, ADA, "delete", Map.of("id", "id-of-delete-000001", "of", of));

		assertThat(edited.command()).isEqualTo("RECEIPT");
		assertThat(deleted.command()).isEqualTo("RECEIPT");
		List<JsonNode> events = events(reader, 3);
		assertThat(events).extracting((event) -> event.get("kind").asString())
			.containsExactly("said", "edited", "deleted");
		assertThat(events.get(1).get("text").asString()).isEqualTo("the");
		assertThat(events.get(2).get("of").asString()).isEqualTo(of);
	}

	@Test
	void nobodyElseMay() {
		StompClient reader = reader();
		say(client(), ADA, "id-of-message-0001", "mine");
		events(reader, 1);
		String of = reader.received().getFirst().header("message-id");

		Frame edited = ask(client(), BOB, "edit", Map.of("id", "id-of-edit-00000001", "of", of, "text", "yours"));
		Frame deleted = ask(client(), BOB, "delete", Map.of("id", "id-of-delete-000001", "of", of));

		assertThat(List.of(edited, deleted)).allSatisfy((answer) -> {
			assertThat(answer.command()).isEqualTo("ERROR");
			assertThat(answer.header("type")).isEqualTo("access-denied");
			assertThat(answer.body()).contains(of, "not said by you");
		});
		events(reader, 1);
	}

	@Test
	void whatWasNeverSaidCannotBeEdited() {
		Frame answer = ask(client(), ADA, "edit", Map.of("id", "id-of-edit-00000001", "of", "5f1c09aa:7", "text", "x"));

		assertThat(answer.header("type")).isEqualTo("not-kept");
		assertThat(answer.body()).contains("5f1c09aa:7");
	}

	@Test
	void badInputIsRefusedByItsNameAndTheConnectionStaysWhereErrorsAreWelcome() {
		StompClient ada = client().subscribe("errors", "/user/queue/errors");

		ada.request("SEND", headers(ADA, "say"), json(Map.of("id", "short", "name", "Ada", "text", "x")));
		ada.request("SEND", headers(ADA, "say"), json(Map.of("id", "id-of-message-0001", "text", "x")));
		ada.request("SEND", headers("guess", "say"),
				json(Map.of("id", "id-of-message-0001", "name", "A", "text", "x")));
		ada.request("SEND", headers(ADA, "/app/chat/Not%20a%20room/say"),
				json(Map.of("id", "id-of-message-0001", "name", "A", "text", "x")));

		Waiting.until("four refusals have come", () -> ada.received().size() == 4);
		assertThat(ada.received()).extracting((frame) -> frame.header("type"))
			.containsExactly("invalid-payload", "invalid-payload", "invalid-header", "invalid-payload");
		assertThat(ada.received()).extracting(Frame::body)
			.satisfiesExactly((body) -> assertThat(body).contains("'id' is 'short'", "16 to 64"),
					(body) -> assertThat(body).contains("'name' is missing"),
					(body) -> assertThat(body).contains("22 to 128").doesNotContain("guess"),
					(body) -> assertThat(body).contains("'Not%20a%20room' is not a room"));
		assertThat(say(ada, ADA, "id-of-message-0001", "still here").command()).isEqualTo("RECEIPT");
	}

	@Test
	void whoSaysTooMuchIsToldWhenToGoOn() {
		StompClient ada = client();
		for (int number = 0; number < 6; number++) {
			assertThat(say(ada, ADA, "id-of-message-000" + number, "x").command()).isEqualTo("RECEIPT");
		}

		Frame refused = say(ada, ADA, "id-of-message-0006", "x");

		assertThat(refused.header("type")).isEqualTo("too-many-publications");
		assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
		assertThat(say(client(), BOB, "id-of-message-0007", "x").command()).isEqualTo("RECEIPT");
	}

	@Test
	void nobodyPublishesPastTheController() {
		Frame answer = client().answered("SEND", Map.of("destination", "/topic/chat." + this.room), "{}");

		assertThat(answer.header("type")).isEqualTo("access-denied");
	}

	@Test
	void whoTypesIsToldToThoseWhoAreThereAndKeptNowhere() {
		StompClient reader = client().subscribe("1", "/topic/chat." + this.room + ".typing");
		StompClient ada = client();
		ask(ada, ADA, "typing", Map.of("name", "Ada"));
		say(ada, ADA, "id-of-message-0001", "the room begins");

		for (int count = 0; count < 60; count++) {
			assertThat(ask(ada, ADA, "typing", Map.of("name", "Ada")).command()).isEqualTo("RECEIPT");
		}

		Waiting.until("somebody types", () -> !reader.received().isEmpty());
		assertThat(reader.received()).hasSizeLessThan(60);
		JsonNode typist = JsonMapper.shared().readTree(reader.received().getFirst().body());
		assertThat(typist.get("name").asString()).isEqualTo("Ada");
		assertThat(typist.get("author").asString()).isEqualTo(idOf(ada, ADA));
		Frame replay = client().answered("SUBSCRIBE",
				Map.of("id", "1", "destination", "/topic/chat." + this.room + ".typing", "replay", "all"), "");
		assertThat(replay.header("type")).isEqualTo("access-denied");
	}

	@Test
	void roomsAreListedByWhenSomethingHappenedAndThereIsAnEndToThem() {
		StompClient ada = client().subscribe("rooms", "/user/queue/chat/rooms");
		say(ada, ADA, "id-of-message-0001", "first");
		Frame refused = null;
		for (int number = 0; number < 12 && refused == null; number++) {
			Frame answer = ask(client(), "secret-of-nobody-%s-%d".formatted(this.suffix, number),
					"/app/chat/%s-%d/say".formatted(this.room, number),
					Map.of("id", "id-of-message-0001", "name", "N", "text", "x"));
			refused = answer.command().equals("ERROR") ? answer : null;
		}

		assertThat(refused).isNotNull();
		assertThat(refused.header("type")).isEqualTo("too-many-topics");
		assertThat(refused.body()).contains("there are 12", "fanfare.demo.chat.max-rooms");
		ada.answered("SEND", Map.of("destination", "/app/chat/rooms"), "");
		Waiting.until("the list has come", () -> !ada.received().isEmpty());
		JsonNode rooms = JsonMapper.shared().readTree(ada.received().getFirst().body());
		assertThat(rooms.size()).isEqualTo(12);
		assertThat(rooms.get(0).get("room").asString()).startsWith(this.room + "-");
		assertThat(rooms.get(0).get("position").asString()).endsWith(":1");
		assertThat(say(ada, ADA, "id-of-message-0002", "there is still room in those").command()).isEqualTo("RECEIPT");
	}

	private String idOf(StompClient client, String secret) {
		client.subscribe("who", "/user/queue/visitor");
		int before = client.received().size();
		client.answered("SEND", Map.of("destination", "/app/visitor", "visitor", mine(secret)), "");
		Waiting.until("the answer has come", () -> client.received().size() > before);
		return JsonMapper.shared().readTree(client.received().getLast().body()).get("id").asString();
	}

	private Frame say(StompClient client, String secret, String id, String text) {
		return ask(client, secret, "say", Map.of("id", id, "name", "Somebody", "text", text));
	}

	private Frame ask(StompClient client, String secret, String what, Map<String, String> body) {
		return client.answered("SEND", headers(secret, what), json(body));
	}

	private Map<String, String> headers(String secret, String what) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("destination", what.startsWith("/") ? what : "/app/chat/" + this.room + "/" + what);
		headers.put("content-type", "application/json");
		headers.put("visitor", mine(secret));
		return headers;
	}

	private String mine(String secret) {
		return (secret.length() < 22) ? secret : secret + "-" + this.suffix;
	}

	private static String json(Map<String, String> body) {
		return JsonMapper.shared().writeValueAsString(body);
	}

	private StompClient client() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();
		return client;
	}

	private StompClient reader() {
		return client().subscribe("1", "/topic/chat." + this.room);
	}

	/** Wait for so many events, and see that no more come before a receipt does. */
	private static List<JsonNode> events(StompClient reader, int count) {
		Waiting.until("%d events have come".formatted(count), () -> reader.received().size() >= count);
		assertThat(reader.answered("SEND", Map.of("destination", "/app/chat/rooms"), "").command())
			.isEqualTo("RECEIPT");
		assertThat(reader.received()).hasSize(count);
		return reader.received().stream().map((frame) -> JsonMapper.shared().readTree(frame.body())).toList();
	}

}
