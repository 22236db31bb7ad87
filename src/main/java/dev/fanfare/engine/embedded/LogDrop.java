package dev.fanfare.engine.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Take out of the store what a topic's head says is not kept.
 * <p>
 * Always in a later write than that of the head: were both in one that fails, part of it
 * could have reached the disk, and what is deleted there cannot be brought back.
 */
final class LogDrop implements LogEntry {

	private static final int BYTES = 64;

	private final DiskLog log;

	private final boolean wasReset;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private long dropped;

	private LogDrop(DiskLog log, boolean wasReset) {
		this.log = log;
		this.wasReset = wasReset;
	}

	/** Take out what was trimmed. */
	static LogDrop ofTrimmed(DiskLog log) {
		return new LogDrop(log, false);
	}

	/** Take out what a life of the topic that is over has left behind. */
	static LogDrop ofFormerLife(DiskLog log) {
		return new LogDrop(log, true);
	}

	@Override
	public int bytes() {
		return BYTES;
	}

	@Override
	public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
		Head stored = this.log.head();
		Head planned = this.log.next();
		this.dropped = this.log.dropped();
		if (!planned.epoch().equals(stored.epoch())) {
			// Reset in the same write: nothing of it is stored yet.
			return;
		}
		if (this.wasReset) {
			batch.dropAfter(this.log, planned.offset());
		}
		if (stored.trimmed() > this.dropped) {
			batch.drop(this.log, this.dropped, stored.trimmed());
			this.dropped = stored.trimmed();
		}
	}

	@Override
	public void commit() {
		this.log.dropped(this.dropped);
	}

	@Override
	public void undo() {
		// What is not kept is seen by nobody, there or not.
	}

	@Override
	public void takeOut(LogStore.Batch batch) {
		// Nothing of it was to stay.
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

}
