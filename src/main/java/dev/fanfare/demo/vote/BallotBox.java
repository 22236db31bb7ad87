package dev.fanfare.demo.vote;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.fanfare.broker.Page;
import dev.fanfare.broker.Stored;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Take what is done to one poll: into the log first, then into the count.
 * <p>
 * Whoever wants to know how it stands folds what the log has since; so nothing is lost
 * with this object, and two of it agree. Threads may call it freely.
 */
final class BallotBox {

	private final PollId id;

	private final PollLog log;

	private final Clock clock;

	/** Ballots that are being written. */
	private final AtomicInteger writing = new AtomicInteger();

	/** Guards the count and its epoch. */
	private final ReentrantLock folding = new ReentrantLock();

	private Count count = new Count();

	private String epoch = "";

	BallotBox(PollId id, PollLog log, Clock clock) {
		this.id = id;
		this.log = log;
		this.clock = clock;
	}

	PollId id() {
		return this.id;
	}

	/** Return how the poll was opened, if it was and that is kept. */
	Optional<Entry.Opened> opened() {
		return read(Count::opened);
	}

	/**
	 * Open the poll.
	 * @throws VoteRefusal if it is one that somebody else opened
	 */
	void open(Entry.Opened first) {
		Entry.Opened known = opened().orElseGet(() -> {
			this.log.append(first, null);
			return opened().orElse(first);
		});
		if (!known.creator().equals(first.creator())) {
			throw VoteRefusal.otherPoll(this.id);
		}
	}

	/**
	 * Take a ballot. When this returns it is on the disk and counted.
	 * @param marks that the poll allows
	 * @param key names this ballot, if its voter named it
	 * @return what counts of the voter now
	 * @throws VoteRefusal if it does not count
	 */
	Vote cast(String voter, List<Integer> marks, @Nullable IdempotencyKey key) {
		requireOpen();
		try {
			requireRoom(this.writing.incrementAndGet());
			Stored stored = this.log.append(new Entry.Cast(voter, marks), key);
			return read((count) -> count.vote(voter)).filter((vote) -> vote.offset() >= stored.position().offset())
				.orElseThrow(() -> VoteRefusal.closed(this.id));
		}
		finally {
			this.writing.decrementAndGet();
		}
	}

	/** Close the poll, if it is not. */
	void close(boolean early) {
		if (!read(Count::isClosed)) {
			this.log.append(new Entry.Closed(early), null);
		}
	}

	/** Fold what the log has since and look at the count, for a moment. */
	<T> T read(Function<Count, T> look) {
		return at((count, position) -> look.apply(count));
	}

	/** Look at the count and at where the log stands up to which it is folded. */
	<T> T at(Look<T> look) {
		this.folding.lock();
		try {
			fold();
			return look.at(this.count, new Position(this.epoch, this.count.offset()));
		}
		finally {
			this.folding.unlock();
		}
	}

	/** Return of how many votes it has the count at hand. */
	int size() {
		this.folding.lock();
		try {
			return this.count.voters();
		}
		finally {
			this.folding.unlock();
		}
	}

	private void fold() {
		for (Page page = next(); !page.publications().isEmpty(); page = next()) {
			for (Publication each : page.publications()) {
				this.count.add(each.position().offset(), each.timestamp(), this.log.entry(each));
			}
		}
	}

	private Page next() {
		Page page = this.log.readAfter(this.count.offset());
		String present = page.state().position().epoch();
		if (present.equals(this.epoch)) {
			return page;
		}
		// The log is another one than before: what it says now is what counts.
		this.epoch = present;
		this.count = new Count();
		return this.log.readAfter(0);
	}

	private void requireOpen() {
		long now = this.clock.millis();
		boolean open = read((count) -> !count.isClosed()
				&& count.opened().filter((opened) -> now < opened.poll().closes()).isPresent());
		if (!open) {
			throw VoteRefusal.closed(this.id);
		}
	}

	private void requireRoom(int ballots) {
		// One more place is for the end.
		if (this.log.isFull(ballots + 1)) {
			throw VoteRefusal.full(this.id, this.log.state().count() - 1);
		}
	}

	/** Look at a count. */
	interface Look<T> {

		T at(Count count, Position position);

	}

}
