package dev.fanfare.broker;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keep durable subscriptions: subscriptions whose place in a topic outlives the client's
 * connection, and moves on as the client acknowledges.
 * <p>
 * Each is used by one subscription at a time, the latest. As many as
 * {@code fanfare.broker.max-durables} are kept, each until it is deleted or nobody has
 * used it for {@code fanfare.broker.durable-expiry}; the last half of them is not for
 * guests.
 */
@Component
public class Durables {

	private final AccessRules access;

	private final Engine engine;

	private final BrokerProperties properties;

	private final Clock clock;

	/** Those in use on this node. */
	private final Map<CursorName, Durable> inUse = new ConcurrentHashMap<>();

	/** Taken first: two that open the same one come one after the other. */
	private final ReentrantLock opening = new ReentrantLock();

	Durables(AccessRules access, Engine engine, BrokerProperties properties, Clock clock) {
		this.access = access;
		this.engine = engine;
		this.properties = properties;
		this.clock = clock;
	}

	/** Return how many are kept, in use or not. */
	int count() {
		return this.engine.cursorCount();
	}

	/**
	 * Begin to use a durable subscription, and make it if there is none.
	 * @param start where a new one starts, and what to do when what comes next is not
	 * kept
	 * @param fail told when somebody else begins to use it, or it is deleted
	 * @throws Refusal if it cannot be had
	 */
	public Durable open(Caller caller, CursorName name, TopicName topic, StartAt start, StartAt.IfLost ifLost,
			Consumer<Refusal> fail) {
		this.access.requireHistory(caller, topic);
		this.opening.lock();
		try {
			Cursor cursor = this.engine.cursor(name).orElseGet(() -> begin(caller, name, topic, start));
			if (!cursor.topic().equals(topic)) {
				throw DurableRefusal.ofAnotherTopic(cursor, topic);
			}
			Durable durable = new Durable(cursor, ifLost, this.engine, this.clock::millis, fail);
			joined(durable.save());
			Durable previous = this.inUse.put(name, durable);
			if (previous != null) {
				previous.takeOver();
			}
			return durable;
		}
		finally {
			this.opening.unlock();
		}
	}

	/** End the use of one; it stays where it is. */
	public void close(Durable durable) {
		durable.close();
		this.inUse.remove(durable.name(), durable);
	}

	/**
	 * Delete one; whoever uses it is told.
	 * @throws Refusal if there is none
	 */
	public void delete(CursorName name) {
		this.opening.lock();
		try {
			if (this.engine.cursor(name).isEmpty()) {
				throw DurableRefusal.unknown(name);
			}
			Durable used = this.inUse.remove(name);
			if (used != null) {
				used.takeOver();
			}
			joined(this.engine.forget(name));
		}
		finally {
			this.opening.unlock();
		}
	}

	/**
	 * Delete one for an operator.
	 * @throws Refusal if there is none, or the caller may not
	 */
	public void delete(Caller caller, CursorName name) {
		this.access.requireOperate(caller);
		delete(name);
	}

	/** List them for an operator by owner and name, those after that one. */
	public List<Cursor> list(Caller caller, @Nullable CursorName after, int limit) {
		this.access.requireOperate(caller);
		return this.engine.cursors(after, limit);
	}

	/** Tell whether somebody uses it on this node. */
	public boolean isInUse(CursorName name) {
		return this.inUse.containsKey(name);
	}

	/** Forget those that nobody has used for long. */
	@Scheduled(fixedDelay = 60_000)
	void expire() {
		long oldest = this.clock.millis() - this.properties.durableExpiry().toMillis();
		List<Cursor> page = this.engine.cursors(null, 1000);
		while (!page.isEmpty()) {
			page.stream()
				.filter((cursor) -> cursor.touched() < oldest && !isInUse(cursor.name()))
				.forEach((cursor) -> this.engine.forget(cursor.name()));
			page = this.engine.cursors(page.getLast().name(), 1000);
		}
	}

	private Cursor begin(Caller caller, CursorName name, TopicName topic, StartAt start) {
		// Guests name themselves, so one can have any number: half of them are for users.
		int most = this.properties.maxDurables() / ((caller instanceof Caller.Guest) ? 2 : 1);
		if (this.engine.cursorCount() >= most) {
			throw DurableRefusal.tooMany(name, most);
		}
		TopicState state = this.engine.state(topic);
		return new Cursor(name, topic, start.position(state, (time) -> this.engine.offsetBefore(topic, time)),
				List.of(), 0);
	}

	private static void joined(CompletableFuture<Void> saved) {
		try {
			saved.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Refusal refusal) ? refusal : ex;
		}
	}

}
