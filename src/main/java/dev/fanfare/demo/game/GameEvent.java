package dev.fanfare.demo.game;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Change a game: what its log holds, one publication each.
 * <p>
 * An event says what was decided, or, of joining and buzzing, what somebody wants: there
 * the order in the log decides, so whether one counts is for {@linkplain GameState#after
 * the fold} to say. All times are milliseconds from the event's timestamp on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(name = "begun", value = GameEvent.Begun.class),
		@JsonSubTypes.Type(name = "joined", value = GameEvent.Joined.class),
		@JsonSubTypes.Type(name = "left", value = GameEvent.Left.class),
		@JsonSubTypes.Type(name = "away", value = GameEvent.Away.class),
		@JsonSubTypes.Type(name = "back", value = GameEvent.Back.class),
		@JsonSubTypes.Type(name = "restarted", value = GameEvent.Restarted.class),
		@JsonSubTypes.Type(name = "starting", value = GameEvent.Starting.class),
		@JsonSubTypes.Type(name = "waiting", value = GameEvent.Waiting.class),
		@JsonSubTypes.Type(name = "asked", value = GameEvent.Asked.class),
		@JsonSubTypes.Type(name = "opened", value = GameEvent.Opened.class),
		@JsonSubTypes.Type(name = "buzzed", value = GameEvent.Buzzed.class),
		@JsonSubTypes.Type(name = "answered", value = GameEvent.Answered.class),
		@JsonSubTypes.Type(name = "revealed", value = GameEvent.Revealed.class),
		@JsonSubTypes.Type(name = "over", value = GameEvent.Over.class),
		@JsonSubTypes.Type(name = "closed", value = GameEvent.Closed.class) })
sealed interface GameEvent {

	/**
	 * Begin a match. It says all that a game is, so nothing before it is needed.
	 *
	 * @param kind how the game finds players
	 * @param seats how many may play
	 * @param rounds questions of the match
	 * @param host who may start it; nobody in a quick match
	 * @param players who is there already: those of the match before
	 * @param asked ids of the questions of the matches before
	 * @param answering how long who has buzzed has to choose
	 */
	record Begun(Kind kind, int seats, int rounds, @Nullable String host, List<Player> players, List<String> asked,
			long answering) implements GameEvent {

		public Begun {
			players = List.copyOf(players);
			asked = List.copyOf(asked);
		}

	}

	/** Want a seat. */
	record Joined(String player, String name) implements GameEvent {
	}

	/** Give a seat back, which only frees it before the first question. */
	record Left(String player) implements GameEvent {
	}

	/** Drop out, as connections do; the seat is kept. */
	record Away(String player) implements GameEvent {
	}

	/** Be there again. */
	record Back(String player) implements GameEvent {
	}

	/**
	 * Go on after the server was down: everybody is away, and the phase begins again.
	 *
	 * @param grace how much longer it takes
	 */
	record Restarted(long grace) implements GameEvent {
	}

	/** Begin to count down to the first question. */
	record Starting(long millis) implements GameEvent {
	}

	/** Stop counting down: there are too few players. */
	record Waiting() implements GameEvent {
	}

	/** Show a question. */
	record Asked(int round, AskedQuestion question, long millis) implements GameEvent {
	}

	/** Open the buzzers. */
	record Opened(int round, long millis) implements GameEvent {
	}

	/** Want to answer. */
	record Buzzed(int round, String player) implements GameEvent {
	}

	/**
	 * Judge the answer of who had the turn.
	 *
	 * @param choice which one; nothing if the time ran out
	 */
	record Answered(int round, String player, @Nullable Integer choice, boolean right,
			int points) implements GameEvent {
	}

	/**
	 * Show the answer.
	 *
	 * @param right which choice it is; nothing if the question is no longer known
	 */
	record Revealed(int round, @Nullable Integer right, long millis) implements GameEvent {
	}

	/** Make the scores final. */
	record Over() implements GameEvent {
	}

	/** Remove the game: nobody uses it. */
	record Closed() implements GameEvent {
	}

}
