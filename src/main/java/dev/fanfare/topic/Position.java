package dev.fanfare.topic;

/**
 * Place a publication within its topic, written {@code epoch:offset}.
 * <p>
 * Offsets of one epoch count 1, 2, 3 ... without holes. A topic begins a new epoch when
 * what it kept is gone.
 *
 * @param epoch which life of the topic; letters and digits
 * @param offset which publication of that life, from 1; 0 is the place before the first
 */
public record Position(String epoch, long offset) {

	public Position {
		if (epoch.isEmpty() || offset < 0) {
			throw new IllegalArgumentException("Not a position: '%s:%d'".formatted(epoch, offset));
		}
	}

	@Override
	public String toString() {
		return this.epoch + ":" + this.offset;
	}

}
