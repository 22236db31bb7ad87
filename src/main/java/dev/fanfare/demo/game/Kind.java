package dev.fanfare.demo.game;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Say how a game finds its players. */
enum Kind {

	/** Whoever looks for a game is put into it, and it starts by itself. */
	QUICK,

	/** Who knows its code comes in, and its host starts it. */
	PRIVATE;

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
