package dev.fanfare.demo.vote;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Count a poll's ballots: be the fold of its log.
 * <p>
 * Equal logs give equal counts, whenever and wherever they are folded: <pre>
 *   1 opened           2 cast a: yes   3 cast b: no   4 cast a: no   5 closed   6 cast c: yes
 *   yes 0, no 0        yes 1, no 0     yes 1, no 1    yes 0, no 2               does not count
 * </pre> For one thread at a time. Bounded by the log, of which it keeps the newest
 * ballot of each voter.
 */
final class Count {

	private Entry.@Nullable Opened opened;

	/** In the order of the numbers. */
	private final Map<String, Vote> votes = new LinkedHashMap<>();

	/** How many ballots give an option that mark. */
	private int[][] marks = {};

	private @Nullable Long closed;

	private long offset;

	/** Return up to where the log is folded. */
	long offset() {
		return this.offset;
	}

	/** Return how the poll was opened; nothing where the log does not begin so. */
	Optional<Entry.Opened> opened() {
		return Optional.ofNullable(this.opened);
	}

	/** Return when the poll was closed, if it was, in milliseconds since 1970. */
	@Nullable Long closed() {
		return this.closed;
	}

	boolean isClosed() {
		return this.closed != null;
	}

	Optional<Vote> vote(String voter) {
		return Optional.ofNullable(this.votes.get(voter));
	}

	/** Return all votes in the order of their numbers. */
	Collection<Vote> votes() {
		return Collections.unmodifiableCollection(this.votes.values());
	}

	int voters() {
		return this.votes.size();
	}

	/** Return for each option how many ballots give it the mark 1, 2 and so on. */
	List<List<Integer>> marks() {
		return Arrays.stream(this.marks).map((option) -> Arrays.stream(option).skip(1).boxed().toList()).toList();
	}

	/**
	 * Fold what comes next in the log.
	 * @param offset where it is
	 * @param time when the log took it, in milliseconds since 1970
	 */
	void add(long offset, long time, Entry entry) {
		this.offset = offset;
		Entry.Opened begun = this.opened;
		switch (entry) {
			case Entry.Opened first when begun == null -> open(first);
			case Entry.Cast cast when begun != null && this.closed == null && time < begun.poll().closes() ->
				count(cast, offset, time);
			case Entry.Closed _ when begun != null && this.closed == null ->
				this.closed = Math.min(time, begun.poll().closes());
			case Entry.Opened _, Entry.Cast _, Entry.Closed _ -> {
				// Too late, by which it is meant to count for nothing.
			}
		}
	}

	private void open(Entry.Opened first) {
		this.opened = first;
		this.marks = new int[first.poll().options().size()][first.poll().kind().highest() + 1];
	}

	private void count(Entry.Cast cast, long offset, long time) {
		Vote before = this.votes.get(cast.voter());
		if (before != null) {
			change(before.marks(), -1);
		}
		change(cast.marks(), 1);
		int number = (before != null) ? before.number() : this.votes.size() + 1;
		this.votes.put(cast.voter(), new Vote(number, cast.marks(), offset, time));
	}

	private void change(List<Integer> ballot, int by) {
		for (int option = 0; option < this.marks.length; option++) {
			this.marks[option][ballot.get(option)] += by;
		}
	}

}
