package dev.fanfare.demo.game;

import dev.fanfare.demo.Throttle;
import dev.fanfare.demo.Visitor;
import dev.fanfare.topic.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/**
 * Take the moves of players.
 * <p>
 * The RECEIPT of a move says that it is in the log and counts. Who asks for a game gets
 * all of it on {@code /user/queue/game}, and what follows on the game's topic.
 */
@Controller
@MessageMapping("/game")
class GameMessages {

	private static final String REPLIES = "/queue/game";

	private final Games games;

	private final Matchmaker matchmaker;

	private final Seats seats;

	private final Throttle moves;

	GameMessages(Games games, Matchmaker matchmaker, Seats seats, GameProperties properties) {
		this.moves = new Throttle(properties.rate());
		this.games = games;
		this.matchmaker = matchmaker;
		this.seats = seats;
	}

	@MessageMapping("/quick")
	@SendToUser(destinations = REPLIES, broadcast = false)
	Entered quick(Named named, Visitor visitor, SimpMessageHeaderAccessor headers) {
		this.moves.take(visitor);
		String session = session(headers);
		return enter(this.matchmaker.quick(visitor.id(), PlayerName.of(named.name()), session), visitor, session);
	}

	@MessageMapping("/create")
	@SendToUser(destinations = REPLIES, broadcast = false)
	Entered create(Created created, Visitor visitor, SimpMessageHeaderAccessor headers) {
		this.moves.take(visitor);
		String session = session(headers);
		Game game = this.matchmaker.create(visitor.id(), PlayerName.of(created.name()), created.rounds(), session,
				key(headers));
		return enter(game, visitor, session);
	}

	@MessageMapping("/{code}/enter")
	@SendToUser(destinations = REPLIES, broadcast = false)
	Entered enter(@DestinationVariable String code, Visitor visitor, SimpMessageHeaderAccessor headers) {
		return enter(game(code, visitor), visitor, session(headers));
	}

	@MessageMapping("/{code}/join")
	void join(@DestinationVariable String code, Named named, Visitor visitor, SimpMessageHeaderAccessor headers) {
		Game game = game(code, visitor);
		game.join(visitor.id(), PlayerName.of(named.name()), session(headers));
		this.seats.takes(session(headers), game, visitor.id());
	}

	@MessageMapping("/{code}/leave")
	void leave(@DestinationVariable String code, Visitor visitor) {
		game(code, visitor).leave(visitor.id());
	}

	@MessageMapping("/{code}/start")
	void start(@DestinationVariable String code, Visitor visitor) {
		game(code, visitor).start(visitor.id());
	}

	@MessageMapping("/{code}/buzz")
	void buzz(@DestinationVariable String code, Buzz buzz, Visitor visitor) {
		game(code, visitor).buzz(visitor.id(), buzz.round());
	}

	@MessageMapping("/{code}/answer")
	void answer(@DestinationVariable String code, Answer answer, Visitor visitor) {
		game(code, visitor).answer(visitor.id(), answer.round(), answer.choice());
	}

	@MessageMapping("/{code}/again")
	void again(@DestinationVariable String code, Visitor visitor) {
		game(code, visitor).again(visitor.id());
	}

	/** Tell a page why, in a word that it has its own sentence for. */
	@MessageExceptionHandler
	@SendToUser(destinations = REPLIES, broadcast = false)
	Refused refused(GameRefused refused) {
		return new Refused("refused", refused.reason(), refused.getMessage());
	}

	/** Find the game in which a visitor makes a move, one more of so many in a time. */
	private Game game(String code, Visitor visitor) {
		this.moves.take(visitor);
		return this.games.find(code);
	}

	private Entered enter(Game game, Visitor visitor, String session) {
		try {
			return game.enter(visitor.id(), session);
		}
		finally {
			// Also where that fails: the seat may have been taken before.
			if (game.state().isSeated(visitor.id())) {
				this.seats.takes(session, game, visitor.id());
			}
		}
	}

	private static @Nullable IdempotencyKey key(SimpMessageHeaderAccessor headers) {
		String key = headers.getFirstNativeHeader(IdempotencyKey.HEADER);
		return (key != null) ? new IdempotencyKey(key) : null;
	}

	private static String session(SimpMessageHeaderAccessor headers) {
		String session = headers.getSessionId();
		if (session == null) {
			throw new IllegalStateException("Every message of a client has a session");
		}
		return session;
	}

	/** Ask for a seat under a name. */
	record Named(@Nullable String name) {
	}

	/** Ask for a private game with so many questions. */
	record Created(@Nullable String name, int rounds) {
	}

	/** Buzz for a question. */
	record Buzz(int round) {
	}

	/** Choose an answer to a question, from 0. */
	record Answer(int round, int choice) {
	}

	/** Say why a move was refused. */
	record Refused(String type, GameRefused.Reason reason, String message) {
	}

}
