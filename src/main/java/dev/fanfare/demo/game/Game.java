package dev.fanfare.demo.game;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.fanfare.broker.Page;
import dev.fanfare.demo.game.GameRefused.Reason;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/**
 * Let people make moves in one game.
 * <p>
 * Each move goes into the log, and only what is read from there counts: after a restart
 * it is the same. Seats and buzzes are appended by whoever wants them, at the same time,
 * and the order of the log is who came first. What the referee decides is appended under
 * the lock, so that it is decided once.
 */
final class Game {

	private static final int PAGE = 500;

	/**
	 * How often a player's going is told in one match; whoever goes more often is seen as
	 * there.
	 */
	private static final int MOST_DROPS = 20;

	/**
	 * How many events a game may have before its match starts: then it begins anew, as it
	 * is. With what 200 players can add in a match it stays below what the topic keeps.
	 */
	static final int MOST_BEFORE = 5000;

	private final GameCode code;

	private final GameLog log;

	private final Referee referee;

	private final Clock clock;

	/** Told when the game is to be looked after next, in milliseconds since 1970. */
	private final Timer timer;

	/** Guards all fields below; of two games never both are held. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile GameState state = GameState.NONE;

	/** Where the match has begun: what is before that is not needed. */
	private long begun;

	/** How far the state is the fold of the log. */
	private volatile Position applied = new Position("none", 0);

	/**
	 * The sessions of each player who is here or about to be; bounded by the seats and by
	 * what a session may hold.
	 */
	private final Map<String, Set<String>> sessions = new HashMap<>();

	/** Whether it is over for good: what is in the topic then is of another game. */
	private boolean closed;

	Game(GameCode code, GameLog log, Referee referee, Clock clock, Timer timer) {
		this.code = code;
		this.log = log;
		this.referee = referee;
		this.clock = clock;
		this.timer = timer;
	}

	GameCode code() {
		return this.code;
	}

	GameState state() {
		return this.state;
	}

	/** Begin it. */
	void begin(GameEvent.Begun begun) {
		decide((none) -> List.of(begun));
	}

	/** Go on after a restart of the server, and tell whether there was anything. */
	boolean restore(long grace) {
		follow();
		if (this.state.exists()) {
			decide((before) -> List.of(new GameEvent.Restarted(grace)));
		}
		return this.state.exists();
	}

	/** Return all of it; who has a seat is there from now on. */
	Entered enter(String visitor, String session) {
		comes(visitor, session, () -> back(visitor));
		return holding(() -> new Entered(this.code, this.applied.toString(), this.clock.millis(), visitor, this.state));
	}

	/** Take a seat, unless the visitor has one. */
	void join(String visitor, PlayerName name, String session) {
		comes(visitor, session, () -> {
			if (!this.state.isSeated(visitor)) {
				this.referee.requireSeat(this.state, name);
				want(new GameEvent.Joined(visitor, name.value()));
				if (!this.state.isSeated(visitor)) {
					this.referee.requireSeat(this.state, name);
					throw new GameRefused(Reason.FULL, "The seat was taken by somebody else: try again.");
				}
			}
			back(visitor);
		});
	}

	/** Take a seat under that name, or with a number behind it where somebody has it. */
	void sit(String visitor, PlayerName name, String session) {
		comes(visitor, session, () -> {
			decide((now) -> {
				if (now.isSeated(visitor)) {
					return List.of();
				}
				PlayerName free = now.free(name);
				this.referee.requireSeat(now, free);
				return List.of(new GameEvent.Joined(visitor, free.value()));
			});
			join(visitor, name, session);
		});
	}

	/** Give a seat back; before the first question the last who does so closes it. */
	void leave(String visitor) {
		decide((now) -> {
			Player player = now.player(visitor).orElse(null);
			if (player == null || !now.isBeforeFirstQuestion() && !isToldAway(player)) {
				return List.of();
			}
			GameEvent left = new GameEvent.Left(visitor);
			boolean isLast = now.isBeforeFirstQuestion() && now.players().size() == 1;
			return isLast ? List.of(left, new GameEvent.Closed()) : List.of(left);
		});
	}

	void start(String visitor) {
		decide((now) -> this.referee.start(now, visitor));
	}

	void again(String visitor) {
		decide((now) -> this.referee.again(now, visitor));
	}

	/** Buzz; buzzing twice is as good as once. */
	void buzz(String visitor, int round) {
		if (isQueued(visitor, round)) {
			return;
		}
		this.referee.requireBuzz(this.state, visitor, round, this.clock.millis());
		want(new GameEvent.Buzzed(round, visitor));
		GameState after = this.state;
		if (!isQueued(visitor, round) && (after.round() == null || !after.round().hasTried(visitor))) {
			throw this.referee.tooLate(round);
		}
	}

	void answer(String visitor, int round, int choice) {
		decide((now) -> this.referee.answer(now, visitor, round, choice, this.clock.millis()));
	}

	/** Note that a session of a player has ended; that they are away is due then. */
	void goes(String visitor, String session) {
		lose(visitor, session);
		tick();
	}

	/** Return how many sessions its players have. */
	int sessions() {
		return holding(() -> this.sessions.values().stream().mapToInt(Set::size).sum());
	}

	/** Do what is due. */
	void tick() {
		decide((now) -> List.of());
	}

	/** Forget it, after it was closed. */
	void forget() {
		this.log.forget();
	}

	/**
	 * Have somebody come, and note the session if they have a seat then. It is noted
	 * before, for a player without one is taken for away.
	 */
	private void comes(String visitor, String session, Runnable move) {
		boolean isNew = holding(
				() -> this.sessions.computeIfAbsent(visitor, (newcomer) -> new HashSet<>()).add(session));
		try {
			move.run();
		}
		catch (RuntimeException ex) {
			// Whoever asked may not get to note the seat, and then tells of no end.
			if (isNew) {
				lose(visitor, session);
			}
			throw ex;
		}
		if (!this.state.isSeated(visitor)) {
			lose(visitor, session);
		}
	}

	private void back(String visitor) {
		decide((now) -> now.player(visitor)
			.filter((player) -> !player.present())
			.<List<GameEvent>>map((player) -> List.of(new GameEvent.Back(visitor)))
			.orElse(List.of()));
	}

	private void lose(String visitor, String session) {
		holding(() -> {
			Set<String> open = this.sessions.getOrDefault(visitor, new HashSet<>());
			return open.remove(session) && open.isEmpty() && this.sessions.remove(visitor, open);
		});
	}

	private static boolean isToldAway(Player player) {
		return player.present() && player.drops() < MOST_DROPS;
	}

	private boolean isQueued(String visitor, int number) {
		Round round = this.state.round();
		return round != null && round.number() == number && round.isQueued(visitor);
	}

	/** Append what somebody wants; the order of the log decides what comes of it. */
	private void want(GameEvent event) {
		Position position = this.log.append(List.of(event));
		holding(() -> {
			if (this.applied.offset() < position.offset()) {
				follow();
			}
			settle();
			return position;
		});
	}

	/** Append what is decided of the state of this moment. */
	private void decide(Function<GameState, List<GameEvent>> decision) {
		holding(() -> {
			follow();
			List<GameEvent> events = decision.apply(this.state);
			if (!events.isEmpty()) {
				this.log.append(events);
				follow();
			}
			settle();
			return events;
		});
	}

	/** Append what is due, until nothing is. */
	private void settle() {
		for (List<GameEvent> due = due(); !due.isEmpty(); due = due()) {
			this.log.append(due);
			follow();
		}
		this.timer.wakeAt(this.state.exists() ? this.referee.deadline(this.state) : 0);
	}

	private List<GameEvent> due() {
		if (this.state.phase() == Phase.LOBBY && this.applied.offset() - this.begun > MOST_BEFORE) {
			return List.of(this.referee.anew(this.state));
		}
		List<GameEvent> away = away();
		return away.isEmpty() ? this.referee.next(this.state, this.clock.millis()) : away;
	}

	/** Return that players have gone, also those of whom it could not be said at once. */
	private List<GameEvent> away() {
		return this.state.players()
			.stream()
			.filter((player) -> isToldAway(player) && !this.sessions.containsKey(player.id()))
			.<GameEvent>map((player) -> new GameEvent.Away(player.id()))
			.toList();
	}

	/** Read on in the log. */
	private void follow() {
		boolean isMore = !this.closed;
		while (isMore) {
			Page page = this.log.read(this.applied.offset(), PAGE);
			page.publications().forEach(this::apply);
			isMore = page.publications().size() == PAGE && !this.closed;
		}
	}

	private void apply(Publication publication) {
		if (this.closed) {
			return;
		}
		GameEvent event = this.log.event(publication.body());
		this.state = this.state.after(event, publication.timestamp());
		this.applied = publication.position();
		this.begun = (event instanceof GameEvent.Begun) ? this.applied.offset() : this.begun;
		if (event instanceof GameEvent.Left left && !this.state.isSeated(left.player())) {
			this.sessions.remove(left.player());
		}
		if (event instanceof GameEvent.Closed) {
			this.closed = true;
			this.sessions.clear();
		}
	}

	private <T> T holding(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Wake the game. */
	@FunctionalInterface
	interface Timer {

		/** Have {@link Game#tick} called then, and no longer when it was said before. */
		void wakeAt(long time);

	}

}
