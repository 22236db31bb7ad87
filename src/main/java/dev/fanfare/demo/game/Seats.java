package dev.fanfare.demo.game;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Sessions;
import dev.fanfare.topic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/**
 * Know which sessions sit where, so that games are told when one ends.
 * <p>
 * Bounded by the connections that there may be, and by the seats that each may hold.
 */
@Component
class Seats {

	/** Seats that one session may hold; who takes more has gone from the oldest. */
	private static final int MOST = 8;

	private static final Logger logger = LoggerFactory.getLogger(Seats.class);

	private final Sessions sessions;

	private final Map<String, List<Seat>> seats = new ConcurrentHashMap<>();

	Seats(Sessions sessions) {
		this.sessions = sessions;
	}

	/** Note that a session plays in a game from now on. */
	void takes(String session, Game game, String player) {
		Seat seat = new Seat(game, player);
		List<Seat> held = this.seats.merge(session, List.of(seat), Seats::joined);
		if (held.size() > MOST) {
			Seat oldest = held.getFirst();
			this.seats.computeIfPresent(session, (id, all) -> without(all, oldest));
			leave(oldest, session);
		}
		// Noted first: a session that ends after this is told by its event.
		if (!isOpen(session)) {
			end(session);
		}
	}

	@EventListener
	void ended(SessionDisconnectEvent event) {
		end(event.getSessionId());
	}

	private void end(String session) {
		List<Seat> held = this.seats.remove(session);
		if (held != null) {
			held.forEach((seat) -> leave(seat, session));
		}
	}

	private boolean isOpen(String session) {
		try {
			this.sessions.find(new Caller.Application(), session);
			return true;
		}
		catch (Refusal ex) {
			return false;
		}
	}

	private static List<Seat> joined(List<Seat> before, List<Seat> taken) {
		return Stream.concat(without(before, taken.getFirst()).stream(), taken.stream()).toList();
	}

	private static List<Seat> without(List<Seat> seats, Seat left) {
		return seats.stream().filter((seat) -> !seat.equals(left)).toList();
	}

	private static void leave(Seat seat, String session) {
		try {
			seat.game().goes(seat.player(), session);
		}
		catch (Refusal ex) {
			logger.debug("Nobody is told that a player has gone: {}", ex.getMessage());
		}
	}

	private record Seat(Game game, String player) {
	}

}
