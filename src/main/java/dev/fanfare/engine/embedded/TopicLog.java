package dev.fanfare.engine.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import org.jspecify.annotations.Nullable;

/**
 * Order one topic.
 * <p>
 * Appending has two halves, so that several topics can do it together: drafts are
 * {@linkplain #plan planned} one by one, and then all of it is committed, or undone in
 * the reverse order: <pre>
 *   plan  --stored--&gt;  commit    what readers see moves on
 *         --refused-&gt;  undo      as if it had never been planned
 * </pre> One thread at a time appends; which, is for the kinds of logs to say. Any thread
 * reads.
 */
abstract sealed class TopicLog permits MemoryLog, DiskLog {

	/**
	 * The least number of publications over the limit for which trimming is worthwhile.
	 */
	private static final long LEAST_SLACK = 100;

	private final TopicName topic;

	private final TopicRule rule;

	private final IdempotencyKeys keys;

	/** What readers see. */
	private volatile Head head;

	/** Where the topic stands when everything planned is committed; the appender's. */
	private Head next;

	TopicLog(TopicName topic, TopicRule rule, Head head, KeyBudget budget) {
		this.topic = topic;
		this.rule = rule;
		this.keys = new IdempotencyKeys(topic, rule.idempotencyWindow(), budget);
		this.head = head;
		this.next = head;
	}

	/** Read what is kept after that offset and no newer than the head, in order. */
	abstract List<Publication> read(Head upTo, long after, int limit);

	/** Find a publication that is kept. */
	abstract @Nullable Mark mark(long offset);

	/** Note that a publication is part of the topic. */
	abstract void added(Publication publication, Head after);

	TopicName topic() {
		return this.topic;
	}

	TopicRule rule() {
		return this.rule;
	}

	IdempotencyKeys keys() {
		return this.keys;
	}

	Head head() {
		return this.head;
	}

	Head next() {
		return this.next;
	}

	TopicState state() {
		return this.head.state(this.topic, this.rule.retention().messages());
	}

	/**
	 * Give the draft the next position, or the one it has under its idempotency key.
	 * @throws dev.fanfare.topic.Refusal if the key is another body's
	 */
	Planned plan(Draft draft, long now) {
		IdempotencyKey key = draft.idempotencyKey();
		if (key == null) {
			return planNew(draft, null, now);
		}
		Digest digest = Digest.of(draft);
		Position known = this.keys.find(key, digest, now);
		return (known != null) ? new Planned.Known(known) : planNew(draft, digest, now);
	}

	private Planned planNew(Draft draft, @Nullable Digest digest, long now) {
		Head before = this.next;
		Head after = before.plus(draft.size(), now);
		if (digest != null) {
			this.keys.add(Objects.requireNonNull(draft.idempotencyKey()), digest, after.position(), now);
		}
		this.next = after;
		return new Planned.New(this, new Publication(draft, after.position(), after.timestamp()), before, after);
	}

	/** Stand elsewhere once that is committed. */
	void planHead(Head planned) {
		this.next = planned;
	}

	void undo(Publication publication, Head before) {
		this.next = before;
		IdempotencyKey key = publication.draft().idempotencyKey();
		if (key != null) {
			this.keys.remove(key);
		}
	}

	void commit(Publication publication, Head after) {
		added(publication, after);
		this.head = after;
	}

	/** Show readers where the topic stands. */
	void commit(Head after) {
		this.head = after;
	}

	/** Tell whether so much is beyond the retention that it should be trimmed. */
	boolean isOverfull() {
		Retention retention = this.rule.retention();
		Head seen = this.head;
		return seen.count() > retention.messages() + Math.max(LEAST_SLACK, retention.messages() / 10)
				|| seen.bytes() > retention.bytes() + retention.bytes() / 10;
	}

	/** Return how the head would be with all trimmed that is beyond the retention. */
	Head trimmed(long now) {
		Retention retention = this.rule.retention();
		Head seen = this.head;
		if (!retention.keeps()) {
			return seen.emptied();
		}
		long oldestTime = now - retention.age().toMillis();
		long last = Math.max(seen.trimmed(), seen.offset() - retention.messages());
		last = lastWhere(last, (mark) -> mark.timestamp() < oldestTime);
		last = lastWhere(last, (mark) -> seen.total() - mark.total() + mark.size() > retention.bytes());
		Mark mark = (last > seen.trimmed()) ? mark(last) : null;
		return (mark != null) ? seen.trimmedTo(last, mark.total()) : seen;
	}

	long offsetBefore(Instant time) {
		return lastWhere(this.head.trimmed(), (mark) -> mark.timestamp() < time.toEpochMilli());
	}

	/**
	 * Find the last publication for which something holds that holds for all older ones.
	 * @return its offset, or that of the one to begin after where it holds for none
	 */
	private long lastWhere(long from, MarkPredicate holds) {
		LongPredicate holdsAt = (offset) -> {
			Mark mark = mark(offset);
			return mark == null || holds.test(mark);
		};
		long low = from;
		long high = this.head.offset() + 1;
		while (high - low > 1) {
			long middle = low + (high - low) / 2;
			if (holdsAt.test(middle)) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	@FunctionalInterface
	private interface MarkPredicate {

		boolean test(Mark mark);

	}

	/**
	 * Say where in time and bytes a publication is.
	 *
	 * @param timestamp when it was accepted
	 * @param total the sizes of all publications up to it and with it
	 * @param size its own
	 */
	record Mark(long timestamp, long total, int size) {
	}

}
