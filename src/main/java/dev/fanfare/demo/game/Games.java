package dev.fanfare.demo.game;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.TopicState;
import dev.fanfare.demo.game.GameRefused.Reason;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hold the games that there are: those that were begun, here or before a restart, and not
 * removed. At most {@code fanfare.demo.game.max-games}.
 */
@Component
class Games implements SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(Games.class);

	private static final Caller APPLICATION = new Caller.Application();

	private static final int PAGE = 1000;

	/** Codes per game that may be there: so long a code is not used again. */
	private static final int CODES = 20;

	private final Broker broker;

	private final JsonMapper json;

	private final Referee referee;

	private final GameProperties properties;

	private final Clock clock;

	private final Codes codes;

	private final Alarms alarms = new Alarms();

	private final Map<GameCode, Game> games = new ConcurrentHashMap<>();

	/** How many there are and are about to be. */
	private final AtomicInteger count = new AtomicInteger();

	private volatile boolean running;

	Games(Broker broker, JsonMapper json, Referee referee, GameProperties properties, Clock clock) {
		this.broker = broker;
		this.json = json;
		this.referee = referee;
		this.properties = properties;
		this.clock = clock;
		this.codes = new Codes(properties.maxGames() * CODES, new SecureRandom());
	}

	/**
	 * Find a game.
	 * @param code as somebody typed it
	 */
	Game find(String code) {
		GameCode named = GameCode.of(code);
		Game game = this.games.get(named);
		if (game == null || !game.state().exists()) {
			throw new GameRefused(Reason.UNKNOWN_GAME, "There is no game '%s', or no longer.".formatted(named));
		}
		return game;
	}

	/** Return the games of a kind that are not over. */
	Stream<Game> of(Kind kind) {
		return this.games.values()
			.stream()
			.filter((game) -> game.state().exists() && game.state().kind() == kind
					&& game.state().phase() != Phase.OVER);
	}

	/** Begin a game. */
	Game begin(GameEvent.Begun begun) {
		if (this.count.incrementAndGet() > this.properties.maxGames()) {
			this.count.decrementAndGet();
			throw new GameRefused(Reason.TOO_MANY_GAMES,
					"There are as many games as may be, %d (fanfare.demo.game.max-games): try again later."
						.formatted(this.properties.maxGames()));
		}
		Game game = game(this.codes.next());
		try {
			game.begin(begun);
			this.games.put(game.code(), game);
			return game;
		}
		catch (RuntimeException ex) {
			this.count.decrementAndGet();
			this.codes.free(game.code());
			throw ex;
		}
	}

	private Game game(GameCode code) {
		GameLog log = new GameLog(this.broker, this.json, code.topic());
		Game[] self = new Game[1];
		self[0] = new Game(code, log, this.referee, this.clock,
				this.alarms.alarm(() -> self[0].tick(), () -> remove(self[0])));
		return self[0];
	}

	/** Remove a game that was closed; where that fails it is asked again. */
	private synchronized void remove(Game game) {
		if (this.games.get(game.code()) == game) {
			// First, for it may fail: only an empty topic's code is given out again.
			game.forget();
			this.games.remove(game.code());
			this.count.decrementAndGet();
			this.codes.free(game.code());
		}
	}

	@Override
	public void start() {
		@Nullable TopicName last = null;
		List<TopicState> page;
		do {
			page = this.broker.topics(APPLICATION, GameCode.TOPICS, last, PAGE);
			for (TopicState topic : page) {
				last = topic.topic();
				GameCode.of(topic.topic()).ifPresent((code) -> restore(code, topic.count()));
			}
		}
		while (page.size() == PAGE);
		if (!this.games.isEmpty()) {
			logger.info("{} games go on", this.games.size());
		}
		this.alarms.start();
		this.running = true;
	}

	private void restore(GameCode code, long events) {
		if (this.games.containsKey(code)) {
			// Stopped, and not ended.
			return;
		}
		this.codes.knows(code);
		if (events == 0) {
			this.codes.free(code);
			return;
		}
		Game game = game(code);
		try {
			if (game.restore(this.properties.grace().toMillis())) {
				this.games.put(code, game);
				this.count.incrementAndGet();
			}
			else {
				game.forget();
				this.codes.free(code);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Game {} does not go on, for its log cannot be read; its code is not used again", code, ex);
		}
	}

	@Override
	public void stop() {
		this.alarms.stop();
		this.running = false;
	}

	@Override
	public void destroy() {
		this.alarms.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Come after the broker and before whoever lets clients in. */
	@Override
	public int getPhase() {
		return 0;
	}

	/** Return how many there are. */
	int size() {
		return this.games.size();
	}

}
