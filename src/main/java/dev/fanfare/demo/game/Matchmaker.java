package dev.fanfare.demo.game;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.demo.game.GameRefused.Reason;
import dev.fanfare.topic.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Bring players together: in private games, and with whoever else looks for a match. */
@Component
class Matchmaker {

	/** Private games that wait for their start, of one host. */
	private static final int MOST_HOSTED = 3;

	private final Games games;

	private final Referee referee;

	/** What was begun lately, by host and idempotency key. */
	private final Cache<String, Game> created = Caffeine.newBuilder()
		.maximumSize(1000)
		.expireAfterWrite(Duration.ofMinutes(10))
		.build();

	/**
	 * Guards that only one who finds no quick match begins one, so that those who come
	 * together meet. Taken before the lock of a game.
	 */
	private final ReentrantLock matching = new ReentrantLock();

	Matchmaker(Games games, Referee referee) {
		this.games = games;
		this.referee = referee;
	}

	/**
	 * Begin a private game and take its host's seat.
	 * @param key by which a host who asks again, because no answer came, gets the same
	 */
	Game create(String host, PlayerName name, int rounds, String session, @Nullable IdempotencyKey key) {
		Game before = (key != null) ? this.created.getIfPresent(host + key) : null;
		if (before != null && before.state().exists()) {
			before.join(host, name, session);
			return before;
		}
		GameEvent.Begun begun = this.referee.begin(Kind.PRIVATE, rounds, host);
		if (hosted(host) >= MOST_HOSTED) {
			throw new GameRefused(Reason.TOO_MANY_GAMES,
					"%d games of yours wait for their start: start one of them, or leave it.".formatted(MOST_HOSTED));
		}
		Game game = this.games.begin(begun);
		if (key != null) {
			this.created.put(host + key, game);
		}
		game.join(host, name, session);
		return game;
	}

	/** Find or begin a game for whoever comes, and take a seat there. */
	Game quick(String visitor, PlayerName name, String session) {
		Optional<Game> own = this.games.of(Kind.QUICK).filter((game) -> game.state().isSeated(visitor)).findFirst();
		if (own.isPresent()) {
			own.get().join(visitor, name, session);
			return own.get();
		}
		Optional<Game> found = joinWaiting(visitor, name, session);
		if (found.isPresent()) {
			return found.get();
		}
		this.matching.lock();
		try {
			// Somebody else may have begun one meanwhile.
			return joinWaiting(visitor, name, session).orElseGet(() -> {
				Game game = this.games.begin(this.referee.begin(Kind.QUICK, Referee.QUICK_ROUNDS, null));
				game.join(visitor, name, session);
				return game;
			});
		}
		finally {
			this.matching.unlock();
		}
	}

	private Optional<Game> joinWaiting(String visitor, PlayerName name, String session) {
		for (Game game : waiting()) {
			try {
				game.sit(visitor, name, session);
				return Optional.of(game);
			}
			catch (GameRefused refused) {
				// Others were quicker: there may be room elsewhere.
			}
		}
		return Optional.empty();
	}

	/** Return the quick games that take players and have some, the fullest first. */
	List<Game> waiting() {
		return this.games.of(Kind.QUICK)
			.filter((game) -> game.state().isBeforeFirstQuestion() && !game.state().isFull())
			.filter((game) -> game.state().present() > 0)
			.sorted(Comparator.comparing((game) -> -game.state().present()))
			.toList();
	}

	private long hosted(String host) {
		return this.games.of(Kind.PRIVATE)
			.map(Game::state)
			.filter((state) -> state.phase() == Phase.LOBBY && host.equals(state.host()))
			.count();
	}

}
