package dev.fanfare.demo.game;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Say what a game is doing. */
enum Phase {

	/** Seats are taken. */
	LOBBY,

	/** The first question is about to come. */
	STARTING,

	/** A question can be read; the buzzers are closed. */
	READING,

	/** Whoever buzzes first may answer. */
	OPEN,

	/** Somebody has buzzed and chooses; further buzzes queue. */
	ANSWERING,

	/** The answer is shown. */
	REVEALED,

	/** The scores are final. */
	OVER;

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
