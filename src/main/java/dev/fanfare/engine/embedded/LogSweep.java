package dev.fanfare.engine.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Forget idempotency keys whose window is over, and topics that nobody uses. */
final class LogSweep implements LogEntry {

	private static final int BYTES = 1024;

	private final Topics topics;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	LogSweep(Topics topics) {
		this.topics = topics;
	}

	@Override
	public int bytes() {
		return BYTES;
	}

	@Override
	public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
		batch.dropKeys(now);
		this.topics.onDisk().forEach((log) -> log.keys().expire(now));
		this.topics.forgetIdleOnDisk(now, batch).forEach(touched::remove);
	}

	@Override
	public void commit() {
		// What is forgotten was seen by nobody.
	}

	@Override
	public void undo() {
		// What was to be forgotten is forgotten at the next sweep.
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

}
