package dev.fanfare.demo.game;

import java.time.Duration;

import dev.fanfare.topic.Rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure the quiz.
 *
 * @param maxGames games that may be there at once; one more is refused
 * @param maxPlayers seats of a game
 * @param rate how often a visitor may make a move of any kind
 * @param countdown how long a quick match waits for more players once there are two
 * @param getReady how long the players of a private game have between its start and the
 * first question
 * @param reading how long a question can be read before the buzzers open
 * @param buzzing how long the buzzers are open
 * @param answering how long who has buzzed has to choose
 * @param reveal how long the answer is shown
 * @param grace how much longer a phase takes that a restart of the server interrupted
 * @param idle after how long a game is removed that nobody starts, or that is over
 */
@ConfigurationProperties("fanfare.demo.game")
record GameProperties(@DefaultValue("200") int maxGames, @DefaultValue("200") int maxPlayers,
		@DefaultValue("5/s burst 30") Rate rate, @DefaultValue("12s") Duration countdown,
		@DefaultValue("3s") Duration getReady, @DefaultValue("3s") Duration reading,
		@DefaultValue("12s") Duration buzzing, @DefaultValue("8s") Duration answering,
		@DefaultValue("5s") Duration reveal, @DefaultValue("5s") Duration grace, @DefaultValue("30m") Duration idle) {

	private static final int MOST_PLAYERS = 200;

	GameProperties {
		Assert.isTrue(maxGames >= 0 && maxGames <= 10_000,
				() -> "fanfare.demo.game.max-games is %d: it must be between 0 and 10000".formatted(maxGames));
		Assert.isTrue(maxPlayers >= 2 && maxPlayers <= MOST_PLAYERS,
				() -> "fanfare.demo.game.max-players is %d: it must be between 2 and %d".formatted(maxPlayers,
						MOST_PLAYERS));
		requireShort("countdown", countdown);
		requireShort("get-ready", getReady);
		requireShort("reading", reading);
		requireShort("buzzing", buzzing);
		requireShort("answering", answering);
		requireShort("reveal", reveal);
		requireShort("grace", grace);
		Assert.isTrue(idle.compareTo(Duration.ofSeconds(10)) >= 0 && idle.compareTo(Duration.ofDays(1)) <= 0,
				() -> "fanfare.demo.game.idle is %s: it must be between 10s and 1d".formatted(idle));
	}

	private static void requireShort(String name, Duration given) {
		Assert.isTrue(given.toMillis() >= 1 && given.compareTo(Duration.ofMinutes(5)) <= 0,
				() -> "fanfare.demo.game.%s is %s: it must be between 1ms and 5m".formatted(name, given));
	}

}
