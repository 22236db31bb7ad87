package dev.fanfare.demo.game;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/** State that the referee does not allow a move, and why. */
final class GameRefused extends Refusal {

	private static final int SHOWN = 40;

	private final Reason reason;

	GameRefused(Reason reason, String message) {
		super(ErrorType.REJECTED, message);
		this.reason = reason;
	}

	Reason reason() {
		return this.reason;
	}

	/** Return what somebody sent as far as it is worth repeating. */
	static String shown(String value) {
		return (value.length() <= SHOWN) ? value : value.substring(0, SHOWN) + "...";
	}

	/** Name what is wrong with a move, for pages that say it in their own words. */
	enum Reason {

		/** There is no game of that code. */
		UNKNOWN_GAME,

		/** All seats are taken. */
		FULL,

		/** Somebody in the game has that name. */
		NAME_TAKEN,

		/** Not a name. */
		INVALID_NAME,

		/** Not a number of rounds that can be played. */
		INVALID_ROUNDS,

		/** Not one of the choices. */
		INVALID_CHOICE,

		/** The choice was found wrong already. */
		WRONG_CHOICE,

		/** Who only watches makes no moves. */
		NO_SEAT,

		/** Only the host may do that. */
		NOT_HOST,

		/** Nobody plays alone. */
		TOO_FEW_PLAYERS,

		/** The game is not waiting for its start. */
		ALREADY_STARTED,

		/** The buzzers are not open yet. */
		TOO_EARLY,

		/** The moment for that move is over. */
		TOO_LATE,

		/** Who had a try waits for the next question. */
		LOCKED_OUT,

		/** Somebody else buzzed first. */
		NOT_YOUR_TURN,

		/** Nobody takes a seat in a game that is over. */
		GAME_OVER,

		/** There is no rematch before the end. */
		NOT_OVER,

		/** As many games as there may be. */
		TOO_MANY_GAMES;

		@JsonValue
		String word() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
