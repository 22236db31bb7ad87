package dev.fanfare.demo.game;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.demo.game.GameRefused.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Know the rules: what follows in a game when its time has come, and which moves are
 * allowed.
 * <p>
 * It keeps nothing of its own: all it looks at is a state, the clock and the questions.
 */
@Component
class Referee {

	/** Nobody plays alone. */
	static final int LEAST_PLAYERS = 2;

	static final int MOST_ROUNDS = 20;

	static final int QUICK_ROUNDS = 7;

	static final int RIGHT = 10;

	static final int WRONG = -5;

	/** After so many the only choice that is left gives the answer away. */
	private static final int MOST_TRIES = Question.CHOICES - 1;

	private final GameProperties properties;

	private final Questions questions;

	Referee(GameProperties properties, Questions questions) {
		this.properties = properties;
		this.questions = questions;
	}

	/** Return how a new game begins. */
	GameEvent.Begun begin(Kind kind, int rounds, @Nullable String host) {
		if (rounds < 1 || rounds > MOST_ROUNDS) {
			throw new GameRefused(Reason.INVALID_ROUNDS,
					"A match cannot have %d questions: it has 1 to %d.".formatted(rounds, MOST_ROUNDS));
		}
		return new GameEvent.Begun(kind, this.properties.maxPlayers(), rounds, host, List.of(), List.of(),
				this.properties.answering().toMillis());
	}

	/**
	 * Return what is due, nothing if nothing is. What it returns goes into the log at
	 * once, and then it is asked again.
	 * @param now in milliseconds since 1970
	 */
	List<GameEvent> next(GameState state, long now) {
		if (!state.exists()) {
			return List.of();
		}
		Round round = state.round();
		if (state.isAsking() && round != null && rightOf(round) == Questions.UNKNOWN) {
			return List.of(reveal(round));
		}
		if (state.phase() == Phase.LOBBY && state.kind() == Kind.QUICK && state.present() >= LEAST_PLAYERS) {
			return List.of(new GameEvent.Starting(this.properties.countdown().toMillis()));
		}
		return (deadline(state) > now) ? List.of() : timeIsUp(state);
	}

	/** Return when {@link #next} has something to do if nothing happens before. */
	long deadline(GameState state) {
		return (state.until() > 0) ? state.until() : state.changed() + this.properties.idle().toMillis();
	}

	private List<GameEvent> timeIsUp(GameState state) {
		Round round = state.round();
		return switch (state.phase()) {
			case LOBBY, OVER -> List.of(new GameEvent.Closed());
			case STARTING -> List.of((state.present() >= LEAST_PLAYERS) ? ask(state, 1) : new GameEvent.Waiting());
			case READING -> List.of(new GameEvent.Opened(number(round), this.properties.buzzing().toMillis()));
			case OPEN -> (round != null) ? List.of(reveal(round)) : List.of();
			case ANSWERING -> (round != null && round.turn() != null) ? judged(round, round.turn(), null) : List.of();
			case REVEALED ->
				List.of((number(round) < state.rounds()) ? ask(state, number(round) + 1) : new GameEvent.Over());
		};
	}

	/** Let somebody take a seat. */
	void requireSeat(GameState state, PlayerName name) {
		if (state.phase() == Phase.OVER) {
			throw new GameRefused(Reason.GAME_OVER,
					"The game is over, so nobody takes a seat: ask its players for a rematch.");
		}
		if (state.isFull()) {
			throw new GameRefused(Reason.FULL, "All %d seats are taken: you can watch.".formatted(state.seats()));
		}
		if (state.isNameTaken(name.value())) {
			throw new GameRefused(Reason.NAME_TAKEN,
					"The name '%s' is taken in this game: choose another.".formatted(name.value()));
		}
	}

	/** Start a private game. */
	List<GameEvent> start(GameState state, String player) {
		requirePlayer(state, player);
		if (state.phase() != Phase.LOBBY) {
			throw new GameRefused(Reason.ALREADY_STARTED, "The game has been started.");
		}
		boolean hostIsThere = state.host() != null && state.player(state.host()).filter(Player::present).isPresent();
		if (hostIsThere && !player.equals(state.host())) {
			throw new GameRefused(Reason.NOT_HOST, "The host starts the game.");
		}
		if (state.present() < LEAST_PLAYERS) {
			throw new GameRefused(Reason.TOO_FEW_PLAYERS,
					"%d player is here: it takes %d to start.".formatted(state.present(), LEAST_PLAYERS));
		}
		return List.of(new GameEvent.Starting(this.properties.getReady().toMillis()));
	}

	/**
	 * Let somebody buzz, as far as is known; whether it counts is decided by the order of
	 * the log.
	 */
	void requireBuzz(GameState state, String player, int number, long now) {
		Round round = requireRound(state, player, number);
		if (state.phase() == Phase.READING) {
			throw new GameRefused(Reason.TOO_EARLY, "The buzzers of question %d are not open yet.".formatted(number));
		}
		if (!state.isAsking() || state.phase() == Phase.OPEN && now > state.until()) {
			throw tooLate(number);
		}
		if (round.hasTried(player)) {
			throw new GameRefused(Reason.LOCKED_OUT,
					"You had your try at question %d: wait for the next one.".formatted(number));
		}
	}

	GameRefused tooLate(int number) {
		return new GameRefused(Reason.TOO_LATE, "The time for question %d is over.".formatted(number));
	}

	/** Judge an answer. */
	List<GameEvent> answer(GameState state, String player, int number, int choice, long now) {
		Round round = requireRound(state, player, number);
		if (choice < 0 || choice >= round.question().choices().size()) {
			throw new GameRefused(Reason.INVALID_CHOICE, "There is no choice %d: they are 0 to %d.".formatted(choice,
					round.question().choices().size() - 1));
		}
		if (!state.isAsking() || state.phase() == Phase.ANSWERING && now > state.until()) {
			throw tooLate(number);
		}
		if (round.hasTried(player)) {
			throw tooLate(number);
		}
		if (!state.hasTurn(number, player)) {
			throw new GameRefused(Reason.NOT_YOUR_TURN, (round.turn() != null)
					? "It is the turn of '%s'.".formatted(name(state, round.turn())) : "Buzz before you answer.");
		}
		if (round.isWrong(choice)) {
			throw new GameRefused(Reason.WRONG_CHOICE,
					"Choice %d was found wrong already: choose another.".formatted(choice));
		}
		return judged(round, player, choice);
	}

	/** Return how a match that has not started begins, to be as it is. */
	GameEvent anew(GameState state) {
		return new GameEvent.Begun(state.kind(), state.seats(), state.rounds(), state.host(), state.players(),
				state.asked(), state.answering());
	}

	/** Begin again with the same seats. */
	List<GameEvent> again(GameState state, String player) {
		requirePlayer(state, player);
		if (state.phase() != Phase.OVER) {
			throw new GameRefused(Reason.NOT_OVER, "The game is not over yet.");
		}
		List<Player> players = state.players().stream().map(Player::anew).toList();
		// When all questions were asked, all may be asked again.
		List<String> asked = (state.asked().size() + state.rounds() <= this.questions.size()) ? state.asked()
				: List.of();
		String host = (state.host() != null) ? player : null;
		return List.of(
				new GameEvent.Begun(state.kind(), state.seats(), state.rounds(), host, players, asked,
						this.properties.answering().toMillis()),
				new GameEvent.Starting(this.properties.getReady().toMillis()));
	}

	private static void requirePlayer(GameState state, String player) {
		if (!state.isSeated(player)) {
			throw new GameRefused(Reason.NO_SEAT, "You have no seat in this game: you can watch it.");
		}
	}

	/** Return the round that a move is for, if it is the present one. */
	private Round requireRound(GameState state, String player, int number) {
		requirePlayer(state, player);
		Round round = state.round();
		if (round == null || number > round.number()) {
			throw new GameRefused(Reason.TOO_EARLY, "Question %d has not been asked yet.".formatted(number));
		}
		if (number < round.number()) {
			throw tooLate(number);
		}
		return round;
	}

	/** Judge a turn; without a choice its time ran out. */
	private List<GameEvent> judged(Round round, String player, @Nullable Integer choice) {
		int right = rightOf(round);
		boolean isRight = choice != null && choice == right;
		List<GameEvent> judged = new ArrayList<>();
		judged.add(new GameEvent.Answered(round.number(), player, choice, isRight, isRight ? RIGHT : WRONG));
		if (isRight || round.tries().size() + 1 >= MOST_TRIES) {
			judged.add(reveal(round));
		}
		return judged;
	}

	private GameEvent ask(GameState state, int number) {
		return new GameEvent.Asked(number, this.questions.draw(state.asked()), this.properties.reading().toMillis());
	}

	private GameEvent reveal(Round round) {
		int right = rightOf(round);
		return new GameEvent.Revealed(round.number(), (right != Questions.UNKNOWN) ? right : null,
				this.properties.reveal().toMillis());
	}

	private int rightOf(Round round) {
		return this.questions.right(round.question());
	}

	private static String name(GameState state, String player) {
		return state.player(player).map(Player::name).orElse(player);
	}

	private static int number(@Nullable Round round) {
		return (round != null) ? round.number() : 0;
	}

}
