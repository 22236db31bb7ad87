package dev.fanfare.demo.game;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.fanfare.testing.ServerProcess;
import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hundred players, and a server that is killed while they play. */
class GameIT {

	private static final int PLAYERS = 200;

	private static final Questions QUESTIONS = new Questions(Questions.builtIn(JsonMapper.shared()), new Random(1));

	@TempDir
	private Path folder;

	@Test
	void twoHundredBuzzInTheOrderOfTheLogAndAllSeatsSurviveAKill() {
		GameState killed;
		String code;
		try (var server = start(); var swarm = new Swarm(server.port())) {
			List<Contestant> players = players(swarm);
			Contestant host = players.getFirst().creates(1);
			code = host.code();
			all(players.subList(1, PLAYERS), (player) -> player.enters(code).joins(player.secret()));
			assertThat(host.until("all sit", (now) -> now.players().size() == PLAYERS).isFull()).isTrue();
			host.does("start", "");
			players.forEach((player) -> player.until(Phase.OPEN));

			all(players, Contestant::buzzes);

			killed = host.until("all have buzzed", (now) -> queue(now).size() == PLAYERS);
			List<String> inTheLog = host.events()
				.stream()
				.filter(GameEvent.Buzzed.class::isInstance)
				.map((event) -> ((GameEvent.Buzzed) event).player())
				.toList();
			assertThat(queue(killed)).isEqualTo(inTheLog).doesNotHaveDuplicates();
			for (Contestant player : players) {
				assertThat(player.until("all have buzzed", (now) -> queue(now).size() == PLAYERS)).isEqualTo(killed);
			}
			server.kill();
		}
		try (var server = start(); var swarm = new Swarm(server.port())) {
			List<Contestant> players = players(swarm);
			all(players, (player) -> player.enters(code));
			Contestant host = players.getFirst();
			GameState restarted = host.until("all are back", (now) -> now.present() == PLAYERS);
			assertThat(queue(restarted)).isEqualTo(queue(killed));
			assertThat(restarted.players()).extracting(Player::id)
				.isEqualTo(killed.players().stream().map(Player::id).toList());

			int right = QUESTIONS.right(Objects.requireNonNull(restarted.round()).question());
			of(players, restarted, 0).answers((right + 1) % Question.CHOICES);
			host.until("the next one's turn", (now) -> now.hasTurn(1, queue(killed).get(1)));
			of(players, restarted, 1).answers(right);

			GameState end = host.until(Phase.OVER);
			assertThat(end.player(queue(killed).get(0)).orElseThrow().score()).isEqualTo(Referee.WRONG);
			assertThat(end.player(queue(killed).get(1)).orElseThrow().score()).isEqualTo(Referee.RIGHT);
			for (Contestant player : players) {
				assertThat(player.until(Phase.OVER)).isEqualTo(end);
			}
		}
	}

	private ServerProcess start() {
		return ServerProcess.start("256m", "-XX:TieredStopAtLevel=1", ServerProcess.data(this.folder),
				"fanfare.demo.game.get-ready=10ms", "fanfare.demo.game.reading=10ms", "fanfare.demo.game.buzzing=5m",
				"fanfare.demo.game.answering=5m", "fanfare.demo.game.reveal=10ms");
	}

	private static List<Contestant> players(Swarm swarm) {
		return IntStream.range(0, PLAYERS)
			.mapToObj((number) -> new Contestant(swarm, Contestant.secret("player-" + number)))
			.toList();
	}

	/** Return the player who buzzed as that one, from 0. */
	private static Contestant of(List<Contestant> players, GameState state, int place) {
		String id = queue(state).get(place);
		return players.stream().filter((player) -> player.you().equals(id)).findFirst().orElseThrow();
	}

	private static List<String> queue(GameState state) {
		Round round = state.round();
		return (round != null) ? round.queue() : List.of();
	}

	/** Have all do something at the same time. */
	private static void all(List<Contestant> players, Consumer<Contestant> action) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(players.stream()
					.map((player) -> CompletableFuture.runAsync(() -> action.accept(player), threads))
					.toArray(CompletableFuture[]::new))
				.join();
		}
	}

}
