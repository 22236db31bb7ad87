package dev.fanfare.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.fanfare.testing.Frame;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;

import static org.assertj.core.api.Assertions.assertThat;

/** Controllers and the template work as Spring developers expect. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({ ControllerTests.Game.class, SessionEventTests.Guard.class })
class ControllerTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SimpMessagingTemplate template;

	@Autowired
	private Game game;

	private Swarm swarm;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void jsonIsReadForAMethodAndItsResultIsBroadcastAsJson() {
		StompClient player = client().subscribe("1", "/topic/moves");
		StompClient other = client().subscribe("1", "/topic/moves");

		player.answered("SEND", Map.of("destination", "/app/move/7", "content-type", "application/json"),
				"{\"piece\":\"knight\",\"square\":\"f3\"}");

		for (StompClient each : List.of(player, other)) {
			Frame message = one(each);
			assertThat(message.header("content-type")).startsWith("application/json");
			assertThat(message.body()).isEqualTo("{\"piece\":\"knight\",\"square\":\"f3 in 7\"}");
			assertThat(message.header("destination")).isEqualTo("/topic/moves");
		}
	}

	@Test
	void withoutSendToTheResultGoesToTheTopicOfThatName() {
		StompClient reader = client().subscribe("1", "/topic/chess");

		client().answered("SEND", Map.of("destination", "/app/chess", "content-type", "text/plain"), "check");

		assertThat(one(reader).body()).isEqualTo("check!");
	}

	@Test
	void sendToUserAnswersThatSessionAlone() {
		StompClient asking = client().subscribe("1", "/user/queue/hints");
		StompClient other = client().subscribe("1", "/user/queue/hints");

		asking.answered("SEND", Map.of("destination", "/app/hint"), "");

		assertThat(one(asking).body()).isEqualTo("castle");
		assertThat(one(asking).header("destination")).isEqualTo("/user/queue/hints");
		assertThat(other.received()).isEmpty();
	}

	@Test
	void sendToUserAnswersAllSessionsOfAUserUnlessItIsForOneAlone() {
		StompClient desk = user("ada").subscribe("1", "/user/queue/names").subscribe("2", "/user/queue/hints");
		StompClient phone = user("ada").subscribe("1", "/user/queue/names").subscribe("2", "/user/queue/hints");
		StompClient other = user("bob").subscribe("1", "/user/queue/names").subscribe("2", "/user/queue/hints");

		desk.answered("SEND", Map.of("destination", "/app/hint"), "");
		desk.answered("SEND", Map.of("destination", "/app/name"), "");

		assertThat(all(desk, 2)).extracting(Frame::body).containsExactly("castle", "ada");
		assertThat(all(phone, 1)).extracting(Frame::body).containsExactly("ada");
		assertThat(all(other, 0)).isEmpty();
	}

	@Test
	void sendToReachesEachOfItsTopics() {
		StompClient reader = client().subscribe("won", "/topic/won-by-white").subscribe("over", "/topic/over");

		client().answered("SEND", Map.of("destination", "/app/mate/white"), "");

		assertThat(all(reader, 2)).extracting((frame) -> frame.header("subscription") + ": " + frame.body())
			.containsExactlyInAnyOrder("won: mate", "over: mate");
	}

	@Test
	void bytesAreHandedToTheMethodAndSentAsTheyAre() {
		StompClient reader = client().subscribe("1", "/topic/mirrored");
		byte[] bytes = new byte[256];
		byte[] mirrored = new byte[256];
		for (int value = 0; value < bytes.length; value++) {
			bytes[value] = (byte) value;
			mirrored[255 - value] = (byte) value;
		}

		ByteBuffer frame = ByteBuffer.allocate(512)
			.put("SEND\ndestination:/app/mirror\ncontent-length:256\n".getBytes(StandardCharsets.US_ASCII))
			.put("content-type:application/octet-stream\n\n".getBytes(StandardCharsets.US_ASCII))
			.put(bytes)
			.put((byte) 0);
		client().wire().send(0x2, Arrays.copyOf(frame.array(), frame.position()));

		assertThat(one(reader).bytes()).isEqualTo(mirrored);
		assertThat(one(reader).header("content-type")).isEqualTo("application/octet-stream");
	}

	@Test
	void aResultThatComesLaterIsSentThen() {
		StompClient reader = client().subscribe("1", "/topic/thoughts");
		this.game.thought = new CompletableFuture<>();

		client().answered("SEND", Map.of("destination", "/app/think"), "");
		assertThat(reader.received()).isEmpty();
		this.game.thought.complete("e4");

		assertThat(one(reader).body()).isEqualTo("e4");
	}

	@Test
	void subscribeMappingWithSendToAnswersEverybodyInstead() {
		StompClient reader = client().subscribe("1", "/topic/arrivals");

		StompClient arriving = client().subscribe("door", "/app/door/white");

		assertThat(one(reader).body()).isEqualTo("white is here");
		assertThat(all(arriving, 0)).isEmpty();
	}

	@Test
	void theTemplateAnswersOneUserOnAllItsSessions() {
		StompClient desk = user("eve").subscribe("1", "/user/queue/news");
		StompClient phone = user("eve").subscribe("1", "/user/queue/news");
		StompClient other = user("bob").subscribe("1", "/user/queue/news");

		this.template.convertAndSendToUser("eve", "/queue/news", new Move("rook", "a1"));

		for (StompClient each : List.of(desk, phone)) {
			assertThat(one(each).body()).isEqualTo("{\"piece\":\"rook\",\"square\":\"a1\"}");
		}
		assertThat(all(other, 0)).isEmpty();
	}

	@Test
	void subscribeMappingAnswersTheSubscriptionOnce() {
		StompClient reader = client().subscribe("board", "/app/board/9");

		Frame message = one(reader);
		assertThat(message.header("subscription")).isEqualTo("board");
		assertThat(message.body()).isEqualTo("board of 9");
	}

	@Test
	void theTemplateReachesEverySubscriber() {
		StompClient first = client().subscribe("1", "/topic/news");
		StompClient second = client().subscribe("other", "/topic/news");

		this.template.convertAndSend("/topic/news", new Move("rook", "a1"), Map.of("priority", "high"));

		assertThat(one(first).body()).isEqualTo("{\"piece\":\"rook\",\"square\":\"a1\"}");
		assertThat(one(first).header("priority")).isEqualTo("high");
		assertThat(one(second).header("message-id")).isEqualTo(one(first).header("message-id"));
	}

	@Test
	void anExceptionHandlerOfTheApplicationAnswersAndTheSenderIsToldThatNothingWasDone() {
		StompClient player = client().subscribe("1", "/user/queue/complaints");

		Frame answer = player.answered("SEND", Map.of("destination", "/app/forbidden"), "");

		assertThat(player.received()).extracting(Frame::body).contains("Not allowed: castling");
		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("application-error");
		assertThat(answer.toString()).doesNotContain("Exception");
	}

	@Test
	void aPayloadThatIsNotWhatTheMethodTakesIsAnErrorForItsSenderAlone(CapturedOutput output) {
		StompClient other = client().subscribe("1", "/topic/moves");

		Frame answer = client().answered("SEND",
				Map.of("destination", "/app/move/7", "content-type", "application/json"), "{\"piece\":");

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("invalid-payload");
		assertThat(answer.body()).contains("/app/move/7", "application/json");
		assertThat(answer.toString()).doesNotContain("Exception").doesNotContain("springframework");
		assertThat(other.answered("SEND", Map.of("destination", "/app/hint"), "").command()).isEqualTo("RECEIPT");
		assertThat(output.toString()).doesNotContain(" ERROR ");
	}

	@Test
	void whatARecordRefusesIsToldInItsWords() {
		Frame answer = client().answered("SEND", Map.of("destination", "/app/bid", "content-type", "application/json"),
				"{\"amount\":-1}");

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("invalid-payload");
		assertThat(answer.body()).isEqualTo("'amount' is -1; it must be 0 or more.");
	}

	@Test
	void framesOfOneClientAreHandledInTheOrderSentAndASlowMethodHoldsUpNobodyElse() {
		StompClient slow = client();
		StompClient other = client();
		this.game.gate = new CountDownLatch(1);
		this.game.handled.clear();

		slow.send("/app/slow", "first");
		slow.send("/app/fast", "second");
		slow.send("/app/fast", "third");
		Waiting.until("the slow method runs", () -> this.game.handled.contains("first"));
		assertThat(other.answered("SEND", Map.of("destination", "/app/hint"), "").command()).isEqualTo("RECEIPT");
		assertThat(this.game.handled).containsExactly("first");
		this.game.gate.countDown();

		assertThat(slow.answered("SEND", Map.of("destination", "/app/fast"), "fourth").command()).isEqualTo("RECEIPT");
		assertThat(this.game.handled).containsExactly("first", "second", "third", "fourth");
	}

	@Test
	void headersAndSessionAreHandedToTheMethod() {
		StompClient player = client().subscribe("1", "/user/queue/who");

		player.answered("SEND", Map.of("destination", "/app/who", "team", "red"), "");

		assertThat(one(player).body()).isEqualTo("red, " + player.connected().header("session"));
	}

	private StompClient client() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();
		return client;
	}

	private StompClient user(String name) {
		StompClient client = StompClient.connect(this.swarm, Map.of("login", name), Map.of());
		client.connected();
		return client;
	}

	/** Wait for the one message that a client gets, and for whatever else would come. */
	private static Frame one(StompClient client) {
		return all(client, 1).getFirst();
	}

	/** Wait for the messages that a client gets, and for whatever else would come. */
	private static List<Frame> all(StompClient client, int count) {
		Waiting.until("%d messages have come".formatted(count), () -> client.received().size() >= count);
		assertThat(client.answered("SEND", Map.of("destination", "/topic/nobody-listens"), "x").command())
			.isEqualTo("RECEIPT");
		assertThat(client.received()).hasSize(count);
		return client.received();
	}

	record Move(String piece, String square) {
	}

	record Bid(int amount) {

		Bid {
			if (amount < 0) {
				throw new ProtocolViolation(ErrorType.INVALID_PAYLOAD,
						"'amount' is %d; it must be 0 or more.".formatted(amount));
			}
		}

	}

	@Controller
	static class Game {

		private final List<String> handled = new CopyOnWriteArrayList<>();

		private CountDownLatch gate = new CountDownLatch(0);

		private CompletableFuture<String> thought = new CompletableFuture<>();

		@MessageMapping("/move/{board}")
		@SendTo("/topic/moves")
		Move move(@DestinationVariable String board, Move move) {
			return new Move(move.piece(), move.square() + " in " + board);
		}

		@MessageMapping("/bid")
		void bid(Bid bid) {
			this.handled.add("bid of %d".formatted(bid.amount()));
		}

		@MessageMapping("/chess")
		String chess(@Payload String text) {
			return text + "!";
		}

		@MessageMapping("/hint")
		@SendToUser(destinations = "/queue/hints", broadcast = false)
		String hint() {
			return "castle";
		}

		@MessageMapping("/name")
		@SendToUser("/queue/names")
		String name(Principal user) {
			return user.getName();
		}

		@MessageMapping("/mate/{colour}")
		@SendTo({ "/topic/won-by-{colour}", "/topic/over" })
		String mate() {
			return "mate";
		}

		@MessageMapping("/mirror")
		@SendTo("/topic/mirrored")
		byte[] mirror(byte[] bytes) {
			byte[] mirrored = new byte[bytes.length];
			for (int index = 0; index < bytes.length; index++) {
				mirrored[bytes.length - 1 - index] = bytes[index];
			}
			return mirrored;
		}

		@MessageMapping("/think")
		@SendTo("/topic/thoughts")
		CompletableFuture<String> think() {
			return this.thought;
		}

		@SubscribeMapping("/door/{colour}")
		@SendTo("/topic/arrivals")
		String arrive(@DestinationVariable String colour) {
			return colour + " is here";
		}

		@SubscribeMapping("/board/{number}")
		String board(@DestinationVariable String number) {
			return "board of " + number;
		}

		@MessageMapping("/who")
		@SendToUser("/queue/who")
		String who(@Header("team") String team, @Header("simpSessionId") String session) {
			return team + ", " + session;
		}

		@MessageMapping("/forbidden")
		void forbidden() {
			throw new IllegalStateException("castling");
		}

		@MessageExceptionHandler
		@SendToUser("/queue/complaints")
		String complain(IllegalStateException ex) {
			return "Not allowed: " + ex.getMessage();
		}

		@MessageMapping("/slow")
		void slow(@Payload String text) throws InterruptedException {
			this.handled.add(text);
			this.gate.await();
		}

		@MessageMapping("/fast")
		void fast(@Payload String text) {
			this.handled.add(text);
		}

	}

}
