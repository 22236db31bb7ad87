package dev.fanfare.demo.game;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import dev.fanfare.topic.Rate;

/** Play by the rules without a server: a list is the log, and time goes when told to. */
final class Match {

	static final GameProperties PROPERTIES = new GameProperties(10, 4, Rate.NONE, Duration.ofSeconds(12),
			Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofSeconds(8),
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(30));

	private final List<GameEvent> log = new ArrayList<>();

	final Questions questions = new Questions(List.of(question("one"), question("two"), question("three")),
			new Random(7));

	final Referee referee = new Referee(PROPERTIES, this.questions);

	long now = 1_000_000;

	GameState state = GameState.NONE;

	/** Begin a private game of that host, who sits there with others. */
	static Match of(int rounds, String... players) {
		Match match = new Match();
		match.accept(match.referee.begin(Kind.PRIVATE, rounds, players[0]));
		for (String player : players) {
			match.accept(new GameEvent.Joined(player, "Name of " + player));
		}
		return match;
	}

	/** Begin such a game and have its first question's buzzers open. */
	static Match open(int rounds, String... players) {
		Match match = of(rounds, players);
		match.accept(match.referee.start(match.state, players[0]));
		match.passes(Duration.ofSeconds(3));
		match.passes(Duration.ofSeconds(3));
		return match;
	}

	/** Put events into the log. */
	Match accept(GameEvent... events) {
		return accept(List.of(events));
	}

	Match accept(List<GameEvent> events) {
		for (GameEvent event : events) {
			this.log.add(event);
			this.state = this.state.after(event, this.now);
		}
		return this;
	}

	Match buzz(String player) {
		return accept(new GameEvent.Buzzed(round().number(), player));
	}

	Match answer(String player, int choice) {
		return accept(this.referee.answer(this.state, player, round().number(), choice, this.now));
	}

	/** Let time go, and do what is due then. */
	Match passes(Duration time) {
		this.now += time.toMillis();
		for (var due = due(); !due.isEmpty(); due = due()) {
			accept(due);
		}
		return this;
	}

	List<GameEvent> due() {
		return this.referee.next(this.state, this.now);
	}

	List<GameEvent> log() {
		return this.log;
	}

	Round round() {
		return Objects.requireNonNull(this.state.round());
	}

	/** Return the right choice of the present question. */
	int right() {
		return this.questions.right(round().question());
	}

	/** Return a choice that is wrong and was not tried. */
	int wrong() {
		int choice = 0;
		while (choice == right() || round().isWrong(choice)) {
			choice++;
		}
		return choice;
	}

	Player player(String id) {
		return this.state.player(id).orElseThrow();
	}

	static Question question(String id) {
		return new Question(id, new Text("Which one?", "哪一个？"), List.of(new Text("Right", "对"), new Text("First", "一"),
				new Text("Second", "二"), new Text("Third", "三")));
	}

}
