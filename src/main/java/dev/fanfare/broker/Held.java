package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/**
 * Hold live publications for a subscription that is still catching up.
 * <p>
 * When they are too many none is held: the topic's history has them. For the lane's
 * thread alone.
 */
final class Held {

	private static final int MOST = 1000;

	private static final int MOST_BYTES = 1024 * 1024;

	private final List<Publication> publications = new ArrayList<>();

	private int bytes;

	private boolean overflowed;

	void add(List<Publication> more) {
		for (Publication publication : more) {
			this.bytes += publication.draft().size();
			this.overflowed = this.overflowed || this.publications.size() >= MOST || this.bytes > MOST_BYTES;
			if (!this.overflowed) {
				this.publications.add(publication);
			}
		}
		if (this.overflowed) {
			this.publications.clear();
		}
	}

	boolean overflowed() {
		return this.overflowed;
	}

	/** Begin to hold anew. */
	void clear() {
		this.publications.clear();
		this.bytes = 0;
		this.overflowed = false;
	}

	/** Return what comes after a position. */
	List<Publication> after(Position seen) {
		return newer(this.publications, seen);
	}

	/**
	 * Return what comes after a position. Those of another epoch do: a topic that was
	 * reset begins anew after its end.
	 */
	static List<Publication> newer(List<Publication> publications, Position seen) {
		int first = 0;
		while (first < publications.size() && !isNewer(publications.get(first), seen)) {
			first++;
		}
		return publications.subList(first, publications.size());
	}

	static boolean isNewer(Publication publication, Position seen) {
		return publication.position().offset() > seen.offset() || !publication.position().epoch().equals(seen.epoch());
	}

}
