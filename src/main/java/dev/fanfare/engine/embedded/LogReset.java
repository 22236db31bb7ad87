package dev.fanfare.engine.embedded;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Forget the history of a topic, which begins a new epoch. */
final class LogReset implements LogEntry {

	private static final int BYTES = 64;

	private final DiskLog log;

	private final Consumer<LogEntry> next;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Head after = Head.first(Epochs.fresh());

	private Head before;

	private Map<String, IdempotencyKeys.Remembered> keys = Map.of();

	/**
	 * Prepare to forget.
	 * @param next takes what is to be written when that is done
	 */
	LogReset(DiskLog log, Consumer<LogEntry> next) {
		this.log = log;
		this.next = next;
		this.before = log.head();
	}

	@Override
	public int bytes() {
		return BYTES;
	}

	@Override
	public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
		this.before = this.log.next();
		this.keys = this.log.keys().clear();
		this.log.planHead(this.after);
		// The keys stay in the store until they expire; they name an epoch that is over.
		touched.add(this.log);
	}

	@Override
	public void commit() {
		this.log.commit(this.after);
		this.log.dropped(0);
		this.next.accept(LogDrop.ofFormerLife(this.log));
	}

	@Override
	public void undo() {
		this.log.planHead(this.before);
		this.keys.forEach(this.log.keys()::restore);
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
