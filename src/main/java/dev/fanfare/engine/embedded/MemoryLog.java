package dev.fanfare.engine.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import org.jspecify.annotations.Nullable;

/**
 * Order a topic whose history, if it has any, is gone when the process ends.
 * <p>
 * Who appends holds the lock. Where several are locked, it is in the order of the topics'
 * names; the mailbox lock of a lane is taken within it.
 */
final class MemoryLog extends TopicLog {

	private final ReentrantLock lock = new ReentrantLock();

	/** What is kept; guarded by the lock. */
	private final History history = new History();

	private final MemoryBudget budget;

	/** Guarded by the lock. */
	private boolean retired;

	MemoryLog(TopicName topic, TopicRule rule, String epoch, KeyBudget keys, MemoryBudget budget) {
		super(topic, rule, Head.first(epoch), keys);
		this.budget = budget;
	}

	void lock() {
		this.lock.lock();
	}

	void unlock() {
		this.lock.unlock();
	}

	@Override
	List<Publication> read(Head upTo, long after, int limit) {
		this.lock.lock();
		try {
			return this.history.read(after, upTo.offset(), limit, LogStore.PAGE_BYTES);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	@Nullable Mark mark(long offset) {
		this.lock.lock();
		try {
			Publication found = this.history.find(offset);
			return (found != null) ? new Mark(found.timestamp(), this.history.total(offset), found.draft().size())
					: null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	void added(Publication publication, Head after) {
		if (rule().keeps()) {
			this.history.add(publication, after.total());
			this.budget.add(1, publication.draft().size());
		}
	}

	/** Keep no more than the rule and the budget allow. */
	void trim(long now) {
		Head trimmed = isOverfull() || !rule().keeps() ? trimmed(now) : head();
		while (this.budget.isSpent() && trimmed.count() > 0) {
			long oldest = trimmed.trimmed() + 1;
			drop(trimmed.trimmedTo(oldest, this.history.total(oldest)));
			trimmed = next();
		}
		drop(trimmed);
	}

	/** Keep no more than the rule allows, and nothing that is too old. */
	void sweep(long now) {
		drop(trimmed(now));
		keys().expire(now);
	}

	/** Forget everything, and begin anew. */
	void reset() {
		this.lock.lock();
		try {
			drop(head().emptied());
			keys().clear();
			stand(Head.first(Epochs.fresh()));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void drop(Head trimmed) {
		Head before = head();
		if (trimmed.trimmed() > before.trimmed()) {
			if (rule().keeps()) {
				this.budget.remove(trimmed.trimmed() - before.trimmed(),
						trimmed.trimmedTotal() - before.trimmedTotal());
			}
			this.history.dropUpTo(trimmed.trimmed());
			stand(trimmed);
		}
	}

	private void stand(Head head) {
		planHead(head);
		commit(head);
	}

	/**
	 * Take no more drafts if nothing is kept and the last one is older than that; a topic
	 * that is retired stays so.
	 */
	boolean retire(long now, Duration expiry) {
		this.retired = this.retired
				|| head().count() == 0 && keys().isEmpty() && now - head().timestamp() > expiry.toMillis();
		return this.retired;
	}

	boolean retired() {
		return this.retired;
	}

}
