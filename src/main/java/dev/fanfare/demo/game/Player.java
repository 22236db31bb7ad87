package dev.fanfare.demo.game;

/**
 * Hold a seat.
 *
 * @param id whose it is, as others see them
 * @param name what they are called
 * @param score points of this match
 * @param solved questions that they answered right
 * @param present whether they are connected
 * @param drops how often they were not
 */
record Player(String id, String name, int score, int solved, boolean present, int drops) {

	/** Take a seat. */
	Player(String id, String name) {
		this(id, name, 0, 0, true, 0);
	}

	Player scores(int points, boolean isRight) {
		return new Player(this.id, this.name, this.score + points, this.solved + (isRight ? 1 : 0), this.present,
				this.drops);
	}

	Player goes() {
		return new Player(this.id, this.name, this.score, this.solved, false, this.drops + 1);
	}

	Player comes() {
		return new Player(this.id, this.name, this.score, this.solved, true, this.drops);
	}

	/** Return the seat at the beginning of a match. */
	Player anew() {
		return new Player(this.id, this.name, 0, 0, this.present, 0);
	}

}
