package dev.fanfare.engine.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Keep no more of a topic than its rule says. */
final class LogTrim implements LogEntry {

	private static final int BYTES = 64;

	private final DiskLog log;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private Head before;

	private Head after;

	LogTrim(DiskLog log) {
		this.log = log;
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
		batch.drop(this.log, this.before.trimmed(), this.after.trimmed());
		touched.add(this.log);
	}

	@Override
	public void commit() {
		this.log.commit(this.after);
	}

	@Override
	public void undo() {
		this.log.planHead(this.before);
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

}
