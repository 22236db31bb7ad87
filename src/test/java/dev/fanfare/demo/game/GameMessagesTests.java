package dev.fanfare.demo.game;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.testing.StompClient;
import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.Waiting;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Players over real connections, the server as their referee. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fanfare.demo.game.max-players=4", "fanfare.demo.game.countdown=50ms",
				"fanfare.demo.game.get-ready=5ms", "fanfare.demo.game.reading=5ms", "fanfare.demo.game.buzzing=60s",
				"fanfare.demo.game.answering=60s", "fanfare.demo.game.reveal=20ms" })
class GameMessagesTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Questions questions;

	@Autowired
	private Games games;

	@Autowired
	private Matchmaker matchmaker;

	@Autowired
	private Broker broker;

	private Swarm swarm;

	/** Makes the visitors of each test others. */
	private static int tests;

	@BeforeEach
	void open() {
		this.swarm = new Swarm(this.port);
		tests++;
	}

	@AfterEach
	void close() {
		this.swarm.close();
	}

	@Test
	void aMatchIsPlayedToItsEndAndEverybodySeesTheSame() {
		Contestant host = player("host").creates(2);
		Contestant guest = player("guest").enters(host.code()).joins("Guest");
		Contestant watching = player("watching").enters(host.code());
		host.does("start", "");

		host.until(Phase.OPEN);
		guest.until(Phase.OPEN);
		guest.buzzes();
		host.buzzes();
		guest.until("both have buzzed", (now) -> round(now).queue().size() == 2);
		guest.answers(wrong(guest.state()));
		host.until("it is the host's turn", (now) -> now.hasTurn(1, host.id(0)));
		host.answers(right(host.state()));
		host.until("the second question", (now) -> now.phase() == Phase.OPEN && round(now).number() == 2);
		host.buzzes().answers(right(host.state()));

		GameState end = watching.until(Phase.OVER);
		assertThat(end.players()).extracting(Player::name, Player::score)
			.containsExactly(tuple("Host", 2 * Referee.RIGHT), tuple("Guest", Referee.WRONG));
		assertThat(host.until(Phase.OVER)).isEqualTo(end).isEqualTo(guest.until(Phase.OVER));
		// Who comes later is told the same at once.
		assertThat(player("late").enters(host.code()).state()).isEqualTo(end);
	}

	@Test
	void forgedMovesAreRefusedAndChangeNothing() {
		Contestant host = player("host").creates(1);
		Contestant guest = player("guest").enters(host.code()).joins("Guest");
		Contestant watching = player("watching").enters(host.code());
		assertThat(guest.tries("start", "").reason()).isEqualTo("not-host");
		host.does("start", "");
		host.until(Phase.OPEN);
		host.buzzes();
		GameState before = guest.until(Phase.ANSWERING);

		assertThat(guest.tries("answer", "{\"round\":1,\"choice\":0}").reason()).isEqualTo("not-your-turn");
		assertThat(watching.tries("buzz", "{\"round\":1}").reason()).isEqualTo("no-seat");
		assertThat(watching.tries("answer", "{\"round\":1,\"choice\":0}").reason()).isEqualTo("no-seat");
		assertThat(guest.tries("buzz", "{\"round\":2}").reason()).isEqualTo("too-early");
		assertThat(guest.tries("buzz", "{\"round\":0}").reason()).isEqualTo("too-late");
		assertThat(host.tries("answer", "{\"round\":1,\"choice\":4}").reason()).isEqualTo("invalid-choice");
		assertThat(host.tries("again", "").reason()).isEqualTo("not-over");
		assertThat(watching.tries("join", "{\"name\":\"hOST\"}").reason()).isEqualTo("name-taken");
		assertThat(watching.tries("join", "{\"name\":\"\"}").reason()).isEqualTo("invalid-name");
		// Nobody publishes to the game's topic, and nobody speaks for another.
		Contestant.Answer forged = guest.asks("/topic/game." + host.code(), Map.of(),
				"{\"type\":\"answered\",\"round\":1,\"player\":\"x\",\"right\":true,\"points\":99}");
		assertThat(forged.type()).isEqualTo("access-denied");
		assertThat(guest.asks("/app/game/%s/buzz".formatted(host.code()), Map.of(), "{\"round\":1}").type())
			.isEqualTo("missing-header");
		assertThat(guest.asks("/app/game/%s/buzz".formatted(host.code()), Map.of("visitor", "short"), "{\"round\":1}")
			.type()).isEqualTo("invalid-header");

		assertThat(player("later").enters(host.code()).state()).isEqualTo(before);
	}

	@Test
	void bodiesThatAreNoneAreRefusedInWords() {
		Contestant host = player("host").creates(1);

		for (String body : List.of("", "null", "[]", "{\"round\":\"many\"}", "{\"round\":",
				"{\"round\":99999999999}")) {
			Contestant.Answer answer = host.tries("buzz", body);
			assertThat(answer.refused()).as(body).isTrue();
			assertThat(answer.type()).as(body).isEqualTo("invalid-payload");
			assertThat(answer.message()).as(body).contains("/app/game/%s/buzz".formatted(host.code()));
		}
		assertThat(host.send("create", "{\"name\":\"A\",\"rounds\":21}").message()).contains("21", "1 to 20");
		assertThat(host.send("AAAAAA/enter", "").reason()).isEqualTo("unknown-game");
		assertThat(host.send("nonsense/enter", "").message()).contains("'NONSENSE'", "K7QX2M");
		assertThat(host.send(host.code() + "/cheat", "").type()).isEqualTo("unknown-destination");
	}

	@Test
	void aClientThatWantsNoSoftErrorsIsToldAndClosed() {
		StompClient client = StompClient.connect(this.swarm);
		client.connected();

		var answer = client.answered("SEND",
				Map.of("destination", "/app/game/AAAAAA/enter", "visitor", Contestant.secret("plain")), "");

		assertThat(answer.command()).isEqualTo("ERROR");
		assertThat(answer.header("type")).isEqualTo("rejected");
		assertThat(answer.body()).contains("AAAAAA");
	}

	@Test
	void lateMovesAreRefused() {
		Contestant host = player("host").creates(2);
		Contestant guest = player("guest").enters(host.code()).joins("Guest");
		host.does("start", "");
		host.until(Phase.OPEN);
		host.buzzes().answers(right(host.state()));
		host.until("the next question", (now) -> now.phase() == Phase.OPEN && round(now).number() == 2);

		assertThat(guest.tries("buzz", "{\"round\":1}").reason()).isEqualTo("too-late");
		assertThat(host.tries("answer", "{\"round\":1,\"choice\":0}").reason()).isEqualTo("too-late");
		guest.buzzes().answers(wrong(guest.state()));
		assertThat(guest.tries("buzz", "{\"round\":2}").reason()).isEqualTo("locked-out");
	}

	@Test
	void aSeatIsKeptForWhoDropsOutAndShownAsAway() {
		Contestant host = player("host").creates(1);
		Contestant guest = player("guest").enters(host.code()).joins("Guest");
		host.does("start", "");
		host.until(Phase.OPEN);
		guest.until(Phase.OPEN);
		guest.buzzes();

		guest.vanishes();
		host.until("the guest is away", (now) -> !now.players().get(1).present());
		Contestant back = player("guest").enters(host.code());

		host.until("the guest is back", (now) -> now.players().get(1).present());
		back.answers(right(back.state()));
		assertThat(host.until(Phase.OVER).players().get(1).score()).isEqualTo(Referee.RIGHT);
	}

	@Test
	void twoTabsOfAPlayerAreOneAndTheSecondKeepsTheSeatWarm() {
		Contestant host = player("host").creates(1);
		Contestant tab = player("guest").enters(host.code()).joins("Guest");
		Contestant other = player("guest").enters(host.code());

		tab.vanishes();
		Waiting.until("the other tab alone is there", () -> this.games.find(host.code()).sessions() == 2);

		assertThat(other.state().players()).hasSize(2).allMatch(Player::present);
		assertThat(host.events()).noneMatch(GameEvent.Away.class::isInstance);
	}

	@Test
	void whoeverLooksForAGameIsPutTogether() {
		Contestant first = player("first").quick("Ada");
		Contestant second = player("second").quick("Ada");

		assertThat(second.code()).isEqualTo(first.code());
		assertThat(second.state().players()).extracting(Player::name).containsExactly("Ada", "Ada 2");
		first.until("it starts by itself", (now) -> now.round() != null);
		assertThat(player("third").quick("Eve").code()).isNotEqualTo(first.code());
		assertThat(player("first").quick("Ada").code()).isEqualTo(first.code());
	}

	@Test
	void thoseWhoComeAtTheSameTimeMeet() {
		List<Contestant> players = List.of(player("a"), player("b"), player("c"), player("d"));
		Waiting.until("nobody of another test waits", () -> this.matchmaker.waiting().isEmpty());

		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			players.forEach((player) -> threads.submit(() -> player.quick("Same name")));
		}

		assertThat(players).extracting(Contestant::code).containsOnly(players.getFirst().code()).doesNotContain("");
		GameState state = this.games.find(players.getFirst().code()).state();
		assertThat(state.players()).extracting(Player::name)
			.containsExactlyInAnyOrder("Same name", "Same name 2", "Same name 3", "Same name 4");
	}

	@Test
	void aGameThatIsClosedIsForgottenWithItsTopic() {
		Contestant host = player("host").creates(1);
		TopicName topic = new TopicName("game." + host.code());
		Game game = this.games.find(host.code());

		this.broker.publish(new Caller.Application(), Draft.ofText(topic, "{\"type\":\"closed\"}"));
		game.tick();

		host.until("the game is gone", (now) -> !now.exists());
		Waiting.until("the topic is empty", () -> this.broker.state(new Caller.Application(), topic).count() == 0);
		assertThat(player("late").send(host.code() + "/enter", "").reason()).isEqualTo("unknown-game");
		assertThat(host.tries("start", "").reason()).isEqualTo("unknown-game");
	}

	@Test
	void aLobbyWithoutEndBeginsAnewSoThatNothingNeededIsForgotten() {
		Contestant host = player("host").creates(1);
		GameState before = host.until("the host sits", (now) -> now.players().size() == 1);
		TopicName topic = new TopicName("game." + host.code());
		List<Draft> events = Collections.nCopies(1000, Draft.ofText(topic, "{\"type\":\"waiting\"}"));
		for (int times = 0; times < 5; times++) {
			this.broker.publish(new Caller.Application(), events, Duration.ofSeconds(10));
		}

		this.games.find(host.code()).tick();

		host.until("it has begun twice", (now) -> host.events().stream().anyMatch(GameEvent.Begun.class::isInstance));
		assertThat(host.state().players()).isEqualTo(before.players());
		assertThat(host.state().host()).isEqualTo(before.host());
		host.does("leave", "");
	}

	@Test
	void whoHammersIsHeldBack() {
		Contestant host = player("host").creates(1);

		host.hammers("buzz", "{\"round\":1}", 200);

		assertThat(host.hears("too-many-publications")).contains("5 in 1 s");
		assertThat(player("other").enters(host.code()).state().exists()).isTrue();
	}

	@Test
	void noMoreSeatsThanThereAreAndNoMoreGamesOfOneHost() {
		Contestant host = player("host").creates(1);
		for (String name : List.of("B", "C", "D")) {
			player(name).enters(host.code()).joins(name);
		}
		assertThat(player("E").enters(host.code()).tries("join", "{\"name\":\"E\"}").reason()).isEqualTo("full");

		host.send("create", "{\"name\":\"Host\",\"rounds\":1}");
		host.send("create", "{\"name\":\"Host\",\"rounds\":1}");
		assertThat(host.send("create", "{\"name\":\"Host\",\"rounds\":1}").reason()).isEqualTo("too-many-games");
	}

	@Test
	void aGameIsGoneWithTheLastWhoLeavesItBeforeItsStart() {
		Contestant host = player("host");

		for (int times = 0; times < 5; times++) {
			String code = code(host.send("create", "{\"name\":\"Host\",\"rounds\":1}"));
			assertThat(host.send(code + "/leave", "").refused()).isFalse();

			assertThat(host.send(code + "/enter", "").reason()).isEqualTo("unknown-game");
		}
	}

	@Test
	void aConnectionThatTakesManySeatsHasGoneFromTheOldest() {
		Contestant crowd = player("crowd");

		List<Game> seats = IntStream.range(0, 9)
			.mapToObj((number) -> crowd.asks("/app/game/create", Map.of("visitor", secret("crowd-" + number + "-")),
					"{\"name\":\"Host\",\"rounds\":1}"))
			.map((answer) -> this.games.find(code(answer)))
			.toList();

		assertThat(seats).extracting(Game::sessions).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1);
		assertThat(seats.getFirst().state().present()).isZero();
		crowd.vanishes();
		Waiting.until("it has gone from all", () -> seats.stream().allMatch((game) -> game.sessions() == 0));
	}

	@Test
	void askingAgainForAGameWithTheSameKeyBeginsOne() {
		Contestant host = player("twice");
		Map<String, String> headers = Map.of("visitor", secret("twice"), "idempotency-key", "k1");
		String body = "{\"name\":\"Host\",\"rounds\":1}";

		var first = host.asks("/app/game/create", headers, body);
		var again = host.asks("/app/game/create", headers, body);

		assertThat(code(again)).isEqualTo(code(first));
	}

	@Test
	void aRematchIsPlayedByTheSamePlayers() {
		Contestant host = player("host").creates(1);
		Contestant guest = player("guest").enters(host.code()).joins("Guest");
		host.does("start", "");
		host.until(Phase.OPEN);
		host.buzzes().answers(right(host.state()));
		guest.until(Phase.OVER);
		assertThat(player("late").enters(host.code()).tries("join", "{\"name\":\"Late\"}").reason())
			.isEqualTo("game-over");

		guest.does("again", "");

		GameState next = host.until(Phase.OPEN);
		assertThat(next.players()).extracting(Player::name, Player::score)
			.containsExactly(tuple("Host", 0), tuple("Guest", 0));
		assertThat(next.asked()).doesNotHaveDuplicates().hasSize(2);
	}

	private Contestant player(String name) {
		return new Contestant(this.swarm, secret(name));
	}

	private static String secret(String name) {
		return Contestant.secret(name + tests);
	}

	private static String code(Contestant.Answer answer) {
		return Objects.requireNonNull(answer.reply()).get("code").asString();
	}

	private static Round round(GameState state) {
		return Objects.requireNonNull(state.round());
	}

	private int right(GameState state) {
		return this.questions.right(round(state).question());
	}

	private int wrong(GameState state) {
		return (right(state) + 1) % Question.CHOICES;
	}

}
