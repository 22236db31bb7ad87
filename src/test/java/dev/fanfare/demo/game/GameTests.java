package dev.fanfare.demo.game;

import java.time.Clock;
import java.util.Random;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.topic.Draft;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Those who come and go in one game, whose clock is not looked at. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class GameTests {

	private final GameCode code = GameCode.random(new Random());

	@Autowired
	private Broker broker;

	@Autowired
	private JsonMapper json;

	@Autowired
	private Referee referee;

	@Test
	void whoGivesTheSeatBackIsForgotten() {
		Game game = game();

		for (int number = 1; number <= 20; number++) {
			game.join("guest" + number, PlayerName.of("Guest"), "session");
			game.leave("guest" + number);
		}

		assertThat(game.state().players()).extracting(Player::id).containsExactly("host");
		assertThat(game.sessions()).isEqualTo(1);
	}

	@Test
	void whoWatchesHasNoSession() {
		Game game = game();

		game.enter("watching", "session");
		assertThatThrownBy(() -> game.join("watching", PlayerName.of("Host"), "session"))
			.isInstanceOf(GameRefused.class);

		assertThat(game.sessions()).isEqualTo(1);
	}

	@Test
	void theLastWhoLeavesClosesItAndWhatIsThenInTheTopicIsOfAnother() {
		Game game = game();
		game.join("guest", PlayerName.of("Guest"), "other");

		game.leave("host");
		assertThat(game.state().host()).isEqualTo("guest");
		game.leave("guest");
		assertThat(game.state().exists()).isFalse();
		publish("{\"type\":\"begun\",\"kind\":\"private\",\"seats\":4,\"rounds\":1,\"players\":[],\"asked\":[],"
				+ "\"answering\":1000}");
		game.tick();

		assertThat(game.state().exists()).isFalse();
		assertThat(game.sessions()).isZero();
	}

	@Test
	void whoIsThereWithoutASessionIsSaidToBeAway() {
		Game game = game();
		publish("{\"type\":\"joined\",\"player\":\"ghost\",\"name\":\"Ghost\"}");

		game.tick();

		assertThat(game.state().players()).extracting(Player::present).containsExactly(true, false);
		game.enter("ghost", "session");
		assertThat(game.state().present()).isEqualTo(2);
	}

	@Test
	void whoDropsOutAgainAndAgainIsSeenAsThere() {
		Game game = game();

		for (int times = 0; times < 30; times++) {
			game.goes("host", "session");
			game.enter("host", "session");
		}

		assertThat(game.state().players()).first().returns(20, Player::drops).returns(true, Player::present);
		game.goes("host", "session");
		assertThat(game.state().present()).isEqualTo(1);
		assertThat(game.sessions()).isZero();
	}

	/** Begin a game in which its host sits. */
	private Game game() {
		Game game = new Game(this.code, new GameLog(this.broker, this.json, this.code.topic()), this.referee,
				Clock.systemUTC(), (time) -> {
				});
		game.begin(this.referee.begin(Kind.PRIVATE, 1, "host"));
		game.join("host", PlayerName.of("Host"), "session");
		return game;
	}

	private void publish(String event) {
		this.broker.publish(new Caller.Application(), Draft.ofText(this.code.topic(), event));
	}

}
