package dev.fanfare.demo.game;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Hold all of a game that its log says, which is all that anybody may know.
 * <p>
 * It is the fold of the log: the same events lead to the same state, on the server and in
 * every browser ({@code frontend/src/game/state.ts} is the same fold). <pre>
 *   LOBBY -> STARTING -> READING -> OPEN &lt;-> ANSWERING -> REVEALED -> OVER -> LOBBY ...
 *     ^---------'           ^------------------------------'
 * </pre>
 *
 * @param kind how it finds players
 * @param seats how many may play
 * @param rounds questions of the match
 * @param host who may start it, if anybody
 * @param players in the order in which they took their seats
 * @param asked ids of the questions so far
 * @param answering milliseconds that who has buzzed has
 * @param phase what it is doing
 * @param since when that began, in milliseconds since 1970
 * @param until when that ends, 0 where nothing ends it
 * @param changed when anything happened last
 * @param round the question, once there is one
 */
record GameState(Kind kind, int seats, int rounds, @Nullable String host, List<Player> players, List<String> asked,
		long answering, Phase phase, long since, long until, long changed, @Nullable Round round) {

	/** How long the buzzers stay open at least when an answer was wrong. */
	static final long LEAST_OPEN = 3000;

	/** Hold the state before the first event. */
	static final GameState NONE = new GameState(Kind.PRIVATE, 0, 0, null, List.of(), List.of(), 0, Phase.OVER, 0, 0, 0,
			null);

	GameState {
		players = List.copyOf(players);
		asked = List.copyOf(asked);
	}

	/**
	 * Return the state after an event, this one if the event came too late to count.
	 * @param time when the log accepted it, in milliseconds since 1970
	 */
	GameState after(GameEvent event, long time) {
		return switch (event) {
			case GameEvent.Begun begun -> new GameState(begun.kind(), begun.seats(), begun.rounds(), begun.host(),
					begun.players(), begun.asked(), begun.answering(), Phase.LOBBY, time, 0, time, null);
			case GameEvent.Joined joined -> maySit(joined) ? seated(joined, time) : this;
			case GameEvent.Left left ->
				isBeforeFirstQuestion() ? without(left.player(), time) : away(left.player(), time);
			case GameEvent.Away away -> away(away.player(), time);
			case GameEvent.Back back -> back(back.player(), time);
			case GameEvent.Restarted restarted -> restarted(restarted.grace(), time);
			case GameEvent.Starting starting ->
				(this.phase == Phase.LOBBY) ? in(Phase.STARTING, time, starting.millis(), null) : this;
			case GameEvent.Waiting _ -> (this.phase == Phase.STARTING) ? in(Phase.LOBBY, time, 0, null) : this;
			case GameEvent.Asked asked -> isNext(asked.round()) ? asked(asked, time) : this;
			case GameEvent.Opened opened -> (this.phase == Phase.READING && isRound(opened.round()))
					? in(Phase.OPEN, time, opened.millis(), this.round) : this;
			case GameEvent.Buzzed buzzed -> mayBuzz(buzzed) ? buzzed(buzzed.player(), time) : this;
			case GameEvent.Answered answered ->
				hasTurn(answered.round(), answered.player()) ? answered(answered, time) : this;
			case GameEvent.Revealed revealed ->
				(isAsking() && isRound(revealed.round())) ? revealed(revealed, time) : this;
			case GameEvent.Over _ -> (this.phase == Phase.REVEALED) ? in(Phase.OVER, time, 0, this.round) : this;
			case GameEvent.Closed _ -> NONE;
		};
	}

	/** Tell whether there is a game at all. */
	boolean exists() {
		return this.seats > 0;
	}

	Optional<Player> player(String id) {
		return this.players.stream().filter((player) -> player.id().equals(id)).findFirst();
	}

	boolean isSeated(String id) {
		return player(id).isPresent();
	}

	boolean isFull() {
		return this.players.size() >= this.seats;
	}

	boolean isNameTaken(String name) {
		return this.players.stream().anyMatch((player) -> PlayerName.same(player.name(), name));
	}

	/** Return the name, with a number behind it where somebody has it. */
	PlayerName free(PlayerName wanted) {
		PlayerName name = wanted;
		for (int number = 2; isNameTaken(name.value()); number++) {
			name = wanted.numbered(number);
		}
		return name;
	}

	long present() {
		return this.players.stream().filter(Player::present).count();
	}

	/** Tell whether a question is asked and its answer not shown yet. */
	boolean isAsking() {
		return this.phase == Phase.READING || this.phase == Phase.OPEN || this.phase == Phase.ANSWERING;
	}

	boolean isBeforeFirstQuestion() {
		return this.phase == Phase.LOBBY || this.phase == Phase.STARTING;
	}

	boolean isRound(int number) {
		return this.round != null && this.round.number() == number;
	}

	/** Tell whether it is the player's turn to answer the question of that number. */
	boolean hasTurn(int number, String player) {
		return this.phase == Phase.ANSWERING && this.round != null && isRound(number)
				&& player.equals(this.round.turn());
	}

	private boolean maySit(GameEvent.Joined joined) {
		return this.phase != Phase.OVER && !isFull() && !isSeated(joined.player()) && !isNameTaken(joined.name());
	}

	private boolean mayBuzz(GameEvent.Buzzed buzzed) {
		return (this.phase == Phase.OPEN || this.phase == Phase.ANSWERING) && this.round != null
				&& isRound(buzzed.round()) && isSeated(buzzed.player()) && !this.round.isQueued(buzzed.player())
				&& !this.round.hasTried(buzzed.player());
	}

	private boolean isNext(int number) {
		return switch (this.phase) {
			case STARTING -> number == 1;
			case REVEALED -> this.round != null && isRound(number - 1);
			default -> false;
		};
	}

	private GameState seated(GameEvent.Joined joined, long time) {
		List<Player> more = new ArrayList<>(this.players);
		more.add(new Player(joined.player(), joined.name()));
		return with(more, this.host, time);
	}

	private GameState without(String player, long time) {
		List<Player> rest = this.players.stream().filter((each) -> !each.id().equals(player)).toList();
		String next = (this.host == null || !this.host.equals(player) || rest.isEmpty()) ? this.host
				: rest.stream().filter(Player::present).findFirst().orElse(rest.getFirst()).id();
		return (rest.size() < this.players.size()) ? with(rest, next, time) : this;
	}

	private GameState away(String player, long time) {
		return player(player).filter(Player::present).isPresent() ? each(player, Player::goes, time) : this;
	}

	private GameState back(String player, long time) {
		return player(player).filter((seat) -> !seat.present()).isPresent() ? each(player, Player::comes, time) : this;
	}

	private GameState restarted(long grace, long time) {
		List<Player> all = this.players.stream().map((player) -> player.present() ? player.goes() : player).toList();
		long end = (this.until > 0) ? time + grace + this.until - this.since : 0;
		return new GameState(this.kind, this.seats, this.rounds, this.host, all, this.asked, this.answering, this.phase,
				time, end, time, this.round);
	}

	private GameState asked(GameEvent.Asked asked, long time) {
		List<String> ids = new ArrayList<>(this.asked);
		ids.add(asked.question().id());
		GameState next = in(Phase.READING, time, asked.millis(), new Round(asked.round(), asked.question()));
		return new GameState(next.kind, next.seats, next.rounds, next.host, next.players, ids, next.answering,
				next.phase, next.since, next.until, next.changed, next.round);
	}

	private GameState buzzed(String player, long time) {
		Round current = round(Phase.ANSWERING);
		if (this.phase == Phase.OPEN) {
			return in(Phase.ANSWERING, time, this.answering, current.queue(player, Math.max(this.until - time, 0)));
		}
		return new GameState(this.kind, this.seats, this.rounds, this.host, this.players, this.asked, this.answering,
				this.phase, this.since, this.until, time, current.queue(player, current.left()));
	}

	private GameState answered(GameEvent.Answered answered, long time) {
		Round tried = round(Phase.ANSWERING)
			.tried(new Try(answered.player(), answered.choice(), answered.right(), answered.points()));
		GameState scored = each(answered.player(), (player) -> player.scores(answered.points(), answered.right()),
				time);
		// Whoever is next in the queue has all of the time; else the buzzers open again.
		return (tried.turn() != null) ? scored.in(Phase.ANSWERING, time, this.answering, tried)
				: scored.in(Phase.OPEN, time, Math.max(tried.left(), LEAST_OPEN), tried);
	}

	private GameState revealed(GameEvent.Revealed revealed, long time) {
		return in(Phase.REVEALED, time, revealed.millis(), round(Phase.REVEALED).revealed(revealed.right()));
	}

	private Round round(Phase where) {
		if (this.round == null) {
			throw new IllegalStateException("There is a question when a game is " + where);
		}
		return this.round;
	}

	private GameState in(Phase next, long time, long millis, @Nullable Round question) {
		return new GameState(this.kind, this.seats, this.rounds, this.host, this.players, this.asked, this.answering,
				next, time, (millis > 0) ? time + millis : 0, time, question);
	}

	private GameState each(String player, UnaryOperator<Player> change, long time) {
		return with(this.players.stream().map((seat) -> seat.id().equals(player) ? change.apply(seat) : seat).toList(),
				this.host, time);
	}

	private GameState with(List<Player> seated, @Nullable String first, long time) {
		return new GameState(this.kind, this.seats, this.rounds, first, seated, this.asked, this.answering, this.phase,
				this.since, this.until, time, this.round);
	}

}
