package dev.fanfare.engine.embedded;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Forget idempotency keys whose window is over, and topics that nobody uses. */
final class LogSweep implements LogEntry {

	private static final int BYTES = 1024;

	private final Topics topics;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private List<DiskLog> idle = List.of();

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
		this.idle = this.topics.idleOnDisk(now);
		if (!this.idle.isEmpty()) {
			this.idle.forEach(batch::forget);
			this.idle.forEach(touched::remove);
			this.topics.putNextEpochs(batch);
		}
	}

	@Override
	public void commit() {
		this.topics.forget(this.idle);
	}

	@Override
	public void undo() {
		// What was to be forgotten is forgotten at the next sweep.
	}

	@Override
	public void takeOut(LogStore.Batch batch) {
		this.idle.forEach((log) -> batch.put(log, log.head()));
		this.topics.putEpochs(batch);
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

}
