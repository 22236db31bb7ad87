package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;

/**
 * Follow one durable subscription while somebody uses it: <pre>
 *   offsets   1 2 3 4 5 6 7 8 9
 *   done      x x x     x   x
 *   cursor    position 3, beyond 6 8
 * </pre> What is done moves the cursor, which is saved. Bounded by what may be
 * unacknowledged, since no more than that is beyond. Any thread may call it.
 */
public final class Durable {

	/** Guards all that changes; taken before the engine's locks. */
	private final ReentrantLock lock = new ReentrantLock();

	private final CursorName name;

	private final TopicName topic;

	private final StartAt start;

	private final Engine engine;

	private final LongSupplier clock;

	private final Consumer<Refusal> fail;

	private final TreeSet<Long> beyond = new TreeSet<>();

	private Position position;

	private boolean delivering;

	private boolean closed;

	Durable(Cursor cursor, StartAt.IfLost ifLost, Engine engine, LongSupplier clock, Consumer<Refusal> fail) {
		this.name = cursor.name();
		this.topic = cursor.topic();
		this.position = cursor.position();
		this.beyond.addAll(cursor.beyond());
		this.start = new StartAt.After(cursor.position(), ifLost);
		this.engine = engine;
		this.clock = clock;
		this.fail = fail;
	}

	public CursorName name() {
		return this.name;
	}

	/** Return where its subscription starts. */
	public StartAt start() {
		return this.start;
	}

	/**
	 * Tell whether a publication is to be delivered: not if it was done with before.
	 * Called in the order of the offsets.
	 */
	public boolean wants(Position delivered) {
		this.lock.lock();
		try {
			boolean goesOn = delivered.epoch().equals(this.position.epoch())
					&& (this.delivering || delivered.offset() == this.position.offset() + 1);
			if (!goesOn) {
				// What was between is not kept any more: nobody can be done with it.
				this.position = new Position(delivered.epoch(), delivered.offset() - 1);
				this.beyond.removeIf((offset) -> offset < delivered.offset());
			}
			this.delivering = true;
			return !this.beyond.contains(delivered.offset());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Be done with publications.
	 * @return completes when that is saved, exceptionally with the {@link Refusal} why it
	 * cannot be
	 */
	public CompletableFuture<Void> done(Collection<Position> positions) {
		this.lock.lock();
		try {
			if (this.closed) {
				return CompletableFuture.completedFuture(null);
			}
			positions.stream()
				.filter((each) -> each.epoch().equals(this.position.epoch()))
				.filter((each) -> each.offset() > this.position.offset())
				.forEach((each) -> this.beyond.add(each.offset()));
			while (this.beyond.remove(this.position.offset() + 1)) {
				this.position = new Position(this.position.epoch(), this.position.offset() + 1);
			}
			return save();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** End its use: nothing moves the cursor from here on. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** End its use because somebody else has it now. */
	void takeOver() {
		close();
		this.fail.accept(DurableRefusal.takenOver(this.name));
	}

	/** Save where it is, used now; with the lock. */
	CompletableFuture<Void> save() {
		return this.engine.save(
				new Cursor(this.name, this.topic, this.position, new ArrayList<>(this.beyond), this.clock.getAsLong()));
	}

}
