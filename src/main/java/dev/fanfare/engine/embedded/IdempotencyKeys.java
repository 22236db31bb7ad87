package dev.fanfare.engine.embedded;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Remember under which keys a topic was published to within its window.
 * <p>
 * For the topic's appender alone. Bounded by the window and by the budget of all topics.
 */
final class IdempotencyKeys {

	private final TopicName topic;

	private final Duration window;

	private final KeyBudget budget;

	/** In the order in which they were added, which is that in which they expire. */
	private final Map<String, Remembered> remembered = new LinkedHashMap<>(4);

	IdempotencyKeys(TopicName topic, Duration window, KeyBudget budget) {
		this.topic = topic;
		this.window = window;
		this.budget = budget;
	}

	/**
	 * Return where the key was published before, if it was.
	 * @throws IdempotencyConflict if that was something else
	 */
	@Nullable Position find(IdempotencyKey key, Digest digest, long now) {
		if (!this.window.isPositive()) {
			throw new KeysNotRemembered(this.topic, key);
		}
		expire(now);
		Remembered found = this.remembered.get(key.value());
		if (found != null && !found.digest().equals(digest)) {
			throw new IdempotencyConflict(this.topic, key, found.position());
		}
		return (found != null) ? found.position() : null;
	}

	/**
	 * Remember a key that is not known.
	 * @throws TooManyIdempotencyKeys if there is no room
	 */
	void add(IdempotencyKey key, Digest digest, Position position, long now) {
		this.budget.take(this.topic);
		this.remembered.put(key.value(), new Remembered(digest, position, now + this.window.toMillis()));
	}

	/** Remember a key that was read from the store. */
	void restore(String key, Remembered restored) {
		if (this.remembered.put(key, restored) == null) {
			this.budget.force(1);
		}
	}

	void remove(IdempotencyKey key) {
		if (this.remembered.remove(key.value()) != null) {
			this.budget.giveBack(1);
		}
	}

	/** Forget what was published longer ago than the window. */
	void expire(long now) {
		Iterator<Remembered> oldest = this.remembered.values().iterator();
		while (oldest.hasNext() && oldest.next().until() <= now) {
			oldest.remove();
			this.budget.giveBack(1);
		}
	}

	/** Return what is remembered under a key that is known. */
	Remembered get(IdempotencyKey key) {
		return Objects.requireNonNull(this.remembered.get(key.value()));
	}

	/** Forget everything, and return what it was. */
	Map<String, Remembered> clear() {
		Map<String, Remembered> forgotten = new LinkedHashMap<>(this.remembered);
		this.budget.giveBack(forgotten.size());
		this.remembered.clear();
		return forgotten;
	}

	boolean isEmpty() {
		return this.remembered.isEmpty();
	}

	/**
	 * Hold what was published under a key.
	 *
	 * @param until when it is forgotten, in milliseconds since 1970
	 */
	record Remembered(Digest digest, Position position, long until) {
	}

}
