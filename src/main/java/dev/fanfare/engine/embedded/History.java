package dev.fanfare.engine.embedded;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Hold publications in memory by their offsets, which have no holes: a ring that takes
 * the room of those that were dropped, and grows when there is none.
 * <p>
 * For one thread at a time; bounded by whoever adds and drops.
 */
final class History {

	private static final int LEAST_ROOM = 8;

	/** The one with an offset is at that place, modulo the length, a power of two. */
	private @Nullable Kept[] ring = {};

	/** The offset of the oldest, and how many there are. */
	private long oldest;

	private int count;

	/** Add the publication that follows. */
	void add(Publication publication, long total) {
		if (this.count == this.ring.length) {
			move(Math.max(LEAST_ROOM, 2 * this.count));
		}
		if (this.count == 0) {
			this.oldest = publication.position().offset();
		}
		this.ring[place(publication.position().offset())] = new Kept(publication, total);
		this.count++;
	}

	/** Find a publication, if it is there. */
	@Nullable Kept find(long offset) {
		boolean kept = offset >= this.oldest && offset < this.oldest + this.count;
		return kept ? this.ring[place(offset)] : null;
	}

	/**
	 * Return those after an offset and up to another, in order.
	 * @param limit how many at most
	 * @param bytes the page ends with the one that makes it so large
	 */
	List<Publication> read(long after, long upTo, int limit, int bytes) {
		List<Publication> page = new ArrayList<>();
		int left = bytes;
		for (long offset = Math.max(after + 1, this.oldest); offset <= upTo; offset++) {
			Kept next = find(offset);
			if (next == null || page.size() >= limit || left <= 0) {
				break;
			}
			page.add(next.publication());
			left -= next.publication().draft().size();
		}
		return page;
	}

	/** Drop all up to that offset. */
	void dropUpTo(long offset) {
		while (this.count > 0 && this.oldest <= offset) {
			this.ring[place(this.oldest)] = null;
			this.oldest++;
			this.count--;
		}
		if (this.ring.length > LEAST_ROOM && this.count < this.ring.length / 4) {
			move(Math.max(LEAST_ROOM, this.ring.length / 2));
		}
	}

	private void move(int room) {
		@Nullable Kept[] former = this.ring;
		@Nullable Kept[] next = new Kept[room];
		for (long offset = this.oldest; offset < this.oldest + this.count; offset++) {
			next[(int) (offset & (room - 1))] = former[(int) (offset & (former.length - 1))];
		}
		this.ring = next;
	}

	private int place(long offset) {
		return (int) (offset & (this.ring.length - 1));
	}

	/**
	 * Hold a publication.
	 *
	 * @param total the sizes of all publications up to it and with it
	 */
	record Kept(Publication publication, long total) {
	}

}
