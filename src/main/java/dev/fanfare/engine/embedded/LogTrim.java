package dev.fanfare.engine.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keep no more of a topic than its rule says. */
final class LogTrim implements LogEntry {

	private static final int BYTES = 64;

	private final DiskLog log;

	private final Consumer<LogEntry> next;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private Head before;

	private Head after;

	/**
	 * Prepare to trim.
	 * @param next takes what is to be written when that is done
	 */
	LogTrim(DiskLog log, Consumer<LogEntry> next) {
		this.log = log;
		this.next = next;
		this.before = log.head();
		this.after = this.before;
	}

	@Override
	public int bytes() {
		return BYTES;
	}

	@Override
	public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
		this.before = this.log.next();
		this.after = this.before;
		Head trimmed = this.log.trimmed(now);
		if (!trimmed.epoch().equals(this.before.epoch()) || trimmed.trimmed() <= this.before.trimmed()) {
			return;
		}
		this.after = this.before.trimmedTo(trimmed.trimmed(), trimmed.trimmedTotal());
		this.log.planHead(this.after);
		touched.add(this.log);
	}

	@Override
	public void commit() {
		if (this.after.trimmed() > this.before.trimmed()) {
			this.log.commit(this.after);
			this.next.accept(LogDrop.ofTrimmed(this.log));
		}
	}

	@Override
	public void undo() {
		this.log.planHead(this.before);
	}

	@Override
	public void takeOut(LogStore.Batch batch) {
		batch.put(this.log, this.log.head());
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

}
