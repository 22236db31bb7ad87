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
	private @Nullable Publication[] ring = {};

	/** The sizes of all publications up to each and with it, at the same places. */
	private long[] totals = {};

	/** The offset of the oldest, and how many there are. */
	private long oldest;

	private int count;

	/**
	 * Add the publication that follows.
	 * @param total the sizes of all publications up to it and with it
	 */
	void add(Publication publication, long total) {
		if (this.count == this.ring.length) {
			move(Math.max(LEAST_ROOM, 2 * this.count));
		}
		if (this.count == 0) {
			this.oldest = publication.position().offset();
		}
		int place = place(publication.position().offset());
		this.ring[place] = publication;
		this.totals[place] = total;
		this.count++;
	}

	/** Find a publication, if it is there. */
	@Nullable Publication find(long offset) {
		return has(offset) ? this.ring[place(offset)] : null;
	}

	/** Return the sizes of all publications up to one that is there and with it. */
	long total(long offset) {
		if (!has(offset)) {
			throw new IllegalArgumentException("Offset %d is not kept".formatted(offset));
		}
		return this.totals[place(offset)];
	}

	private boolean has(long offset) {
		return offset >= this.oldest && offset < this.oldest + this.count;
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
			Publication next = find(offset);
			if (next == null || page.size() >= limit || left <= 0) {
				break;
			}
			page.add(next);
			left -= next.draft().size();
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
		@Nullable Publication[] former = this.ring;
		long[] formerTotals = this.totals;
		this.ring = new Publication[room];
		this.totals = new long[room];
		for (long offset = this.oldest; offset < this.oldest + this.count; offset++) {
			int from = (int) (offset & (former.length - 1));
			this.ring[place(offset)] = former[from];
			this.totals[place(offset)] = formerTotals[from];
		}
	}

	private int place(long offset) {
		return (int) (offset & (this.ring.length - 1));
	}

}
