package dev.fanfare.engine.embedded;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import org.jspecify.annotations.Nullable;

/**
 * Keep how far durable subscriptions have come.
 * <p>
 * All of them are in memory, and what has changed is written with the log's next group: a
 * cursor that moves a hundred times while a group is written is written once. Bounded by
 * the broker's limit of durable subscriptions.
 */
final class Cursors {

	private final ConcurrentSkipListMap<CursorName, Cursor> cursors = new ConcurrentSkipListMap<>();

	/** Guards what follows; taken last. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Those that have changed since the last write began. */
	private Set<CursorName> changed = new LinkedHashSet<>();

	/** Writes them; there is one at most that waits. */
	private @Nullable Write waiting;

	private final LogStore store;

	private final LogWriter writer;

	Cursors(LogStore store, LogWriter writer) {
		this.store = store;
		this.writer = writer;
		store.cursors((cursor) -> this.cursors.put(cursor.name(), cursor));
	}

	Optional<Cursor> find(CursorName name) {
		return Optional.ofNullable(this.cursors.get(name));
	}

	int count() {
		return this.cursors.size();
	}

	List<Cursor> list(@Nullable CursorName after, int limit) {
		return ((after != null) ? this.cursors.tailMap(after, false) : this.cursors).values()
			.stream()
			.limit(limit)
			.toList();
	}

	CompletableFuture<Void> save(Cursor cursor) {
		this.cursors.put(cursor.name(), cursor);
		return write(cursor.name());
	}

	CompletableFuture<Void> forget(CursorName name) {
		this.cursors.remove(name);
		return write(name);
	}

	private CompletableFuture<Void> write(CursorName name) {
		Write write;
		this.lock.lock();
		try {
			this.changed.add(name);
			if (this.waiting != null) {
				return this.waiting.done();
			}
			write = new Write();
			this.waiting = write;
		}
		finally {
			this.lock.unlock();
		}
		CompletableFuture<Void> done = this.writer.submit(write);
		done.exceptionally((failure) -> {
			write.undo();
			return null;
		});
		return done;
	}

	/** Write what has changed until it is planned. */
	private final class Write implements LogEntry {

		private static final int BYTES = 256;

		private final CompletableFuture<Void> done = new CompletableFuture<>();

		private Set<CursorName> written = Set.of();

		@Override
		public int bytes() {
			return BYTES;
		}

		@Override
		public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
			Cursors.this.lock.lock();
			try {
				this.written = Cursors.this.changed;
				Cursors.this.changed = new LinkedHashSet<>();
				Cursors.this.waiting = null;
			}
			finally {
				Cursors.this.lock.unlock();
			}
			writeTo(batch);
		}

		private void writeTo(LogStore.Batch batch) {
			for (CursorName name : this.written) {
				Cursor cursor = Cursors.this.cursors.get(name);
				if (cursor != null) {
					batch.put(cursor);
				}
				else {
					batch.forget(name);
				}
			}
		}

		@Override
		public void commit() {
			// What is in memory is what is to be seen.
		}

		/** Have it written with what changes next: what is in memory stays. */
		@Override
		public void undo() {
			Cursors.this.lock.lock();
			try {
				Cursors.this.changed.addAll(this.written);
				if (Cursors.this.waiting == this) {
					Cursors.this.waiting = null;
				}
			}
			finally {
				Cursors.this.lock.unlock();
			}
		}

		/** Write what is in memory, since that is what counts. */
		@Override
		public void takeOut(LogStore.Batch batch) {
			writeTo(batch);
		}

		@Override
		public CompletableFuture<Void> done() {
			return this.done;
		}

	}

}
