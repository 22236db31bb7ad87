package dev.fanfare.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;

/** Append drafts to topics of which one at least is kept on disk. */
final class LogAppend implements LogEntry {

	private final Appending appending;

	private final int bytes;

	private final Consumer<DiskLog> overfull;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final List<WrittenKey> keys = new ArrayList<>();

	private long now;

	/**
	 * Prepare to append.
	 * @param overfull called for each log that is to be trimmed
	 */
	LogAppend(Appending appending, List<Draft> drafts, Consumer<DiskLog> overfull) {
		this.appending = appending;
		this.bytes = drafts.stream().mapToInt(Draft::size).sum();
		this.overfull = overfull;
	}

	@Override
	public int bytes() {
		return this.bytes;
	}

	@Override
	public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
		this.now = now;
		this.appending.plan(now);
		try {
			for (Planned planned : this.appending.planned()) {
				if (planned instanceof Planned.New stored && stored.log() instanceof DiskLog log) {
					put(batch, log, stored);
				}
			}
		}
		catch (RuntimeException ex) {
			this.appending.undo();
			throw ex;
		}
		touched.addAll(this.appending.onDisk());
	}

	private void put(LogStore.Batch batch, DiskLog log, Planned.New stored) {
		batch.put(log, stored.publication(), stored.after().total());
		IdempotencyKey key = stored.publication().draft().idempotencyKey();
		if (key != null) {
			WrittenKey written = new WrittenKey(log, key, log.keys().get(key));
			batch.put(log, key, written.remembered());
			this.keys.add(written);
		}
	}

	@Override
	public void commit() {
		this.appending.commit(this.now);
		this.appending.onDisk().stream().filter(TopicLog::isOverfull).forEach(this.overfull);
	}

	@Override
	public void undo() {
		this.appending.undo();
	}

	@Override
	public void takeOut(LogStore.Batch batch) {
		for (DiskLog log : this.appending.onDisk()) {
			batch.dropAfter(log, log.head().offset());
			batch.put(log, log.head());
		}
		this.keys.forEach((written) -> batch.drop(written.log(), written.key(), written.remembered()));
	}

	@Override
	public CompletableFuture<Void> done() {
		return this.done;
	}

	private record WrittenKey(DiskLog log, IdempotencyKey key, IdempotencyKeys.Remembered remembered) {
	}

}
