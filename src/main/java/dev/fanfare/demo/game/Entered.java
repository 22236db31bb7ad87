package dev.fanfare.demo.game;

/**
 * Tell somebody all of a game; what comes after its position is on the topic.
 *
 * @param type {@code entered}
 * @param code which game
 * @param position where its topic stood
 * @param now the server's clock, in milliseconds since 1970
 * @param you by which id others see who asked
 * @param state the game
 */
record Entered(String type, String code, String position, long now, String you, GameState state) {

	Entered(GameCode code, String position, long now, String you, GameState state) {
		this("entered", code.value(), position, now, you, state);
	}

}
