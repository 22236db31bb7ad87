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

	/** Held while the poll is closed, so that it has one end; taken before folding. */
	private final ReentrantLock closing = new ReentrantLock();

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
	 * <p>
	 * Where no more are taken, one that counts already is confirmed: its voter may have
	 * been cut off before hearing of it.
	 * @param marks that the poll allows
	 * @param key names this ballot, if its voter named it
	 * @return what counts of the voter now
	 * @throws VoteRefusal if it does not count
	 */
	Vote cast(String voter, List<Integer> marks, @Nullable IdempotencyKey key) {
		if (!isOpen()) {
			return counted(voter, marks).orElseThrow(() -> VoteRefusal.closed(this.id));
		}
		try {
			if (isFull(this.writing.incrementAndGet())) {
				return counted(voter, marks).orElseThrow(() -> VoteRefusal.full(this.id, this.log.state().count() - 1));
			}
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
		this.closing.lock();
		try {
			// A second end would have a full log forget its beginning.
			if (!read(Count::isClosed)) {
				this.log.append(new Entry.Closed(early), null);
			}
		}
		finally {
			this.closing.unlock();
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

	private boolean isOpen() {
		long now = this.clock.millis();
		return read((count) -> !count.isClosed()
				&& count.opened().filter((opened) -> now < opened.poll().closes()).isPresent());
	}

	private boolean isFull(int ballots) {
		// One more place is for the end.
		return this.log.isFull(ballots + 1);
	}

	/** Return what counts of the voter, if that is these marks. */
	private Optional<Vote> counted(String voter, List<Integer> marks) {
		return read((count) -> count.vote(voter)).filter((vote) -> vote.marks().equals(marks));
	}

	/** Look at a count. */
	interface Look<T> {

		T at(Count count, Position position);

	}

}
