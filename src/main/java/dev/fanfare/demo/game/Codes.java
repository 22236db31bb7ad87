package dev.fanfare.demo.game;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Give out the codes of games.
 * <p>
 * Topics outlive their games for a while, so there may be only so many: when all codes
 * were used once, the one that has been free for longest is used again. Methods may be
 * called by any thread.
 */
final class Codes {

	private final int most;

	private final RandomGenerator random;

	/** Guarded by this object's monitor, as are those that are free. */
	private final Set<GameCode> known = new HashSet<>();

	private final Deque<GameCode> free = new ArrayDeque<>();

	Codes(int most, RandomGenerator random) {
		this.most = most;
		this.random = random;
	}

	/** Note a code that was given out before the server was restarted. */
	synchronized void knows(GameCode code) {
		this.known.add(code);
	}

	synchronized GameCode next() {
		if (this.known.size() >= this.most && !this.free.isEmpty()) {
			return this.free.removeFirst();
		}
		GameCode code = GameCode.random(this.random);
		while (!this.known.add(code)) {
			code = GameCode.random(this.random);
		}
		return code;
	}

	/** Take a code back. */
	synchronized void free(GameCode code) {
		this.free.addLast(code);
	}

}
