package dev.fanfare.engine.embedded;

import java.util.List;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import org.jspecify.annotations.Nullable;

/**
 * Order a topic whose history is on disk.
 * <p>
 * The {@link LogWriter}'s thread alone appends, so no lock is needed: others read the
 * head, which is the newest that the disk has.
 */
final class DiskLog extends TopicLog {

	private final int id;

	private final LogStore store;

	/** Up to which offset this process has taken out what was trimmed; the writer's. */
	private long dropped;

	DiskLog(TopicName topic, TopicRule rule, int id, Head head, KeyBudget keys, LogStore store) {
		super(topic, rule, head, keys);
		this.id = id;
		this.store = store;
	}

	/** Return the number that stands for the topic in the store's keys. */
	int id() {
		return this.id;
	}

	long dropped() {
		return this.dropped;
	}

	void dropped(long offset) {
		this.dropped = offset;
	}

	@Override
	List<Publication> read(Head upTo, long after, int limit) {
		return this.store.read(topic(), this.id, upTo, after, limit);
	}

	@Override
	@Nullable Mark mark(long offset) {
		return this.store.mark(this.id, offset);
	}

	@Override
	void added(Publication publication, Head after) {
		// The store has it.
	}

}
