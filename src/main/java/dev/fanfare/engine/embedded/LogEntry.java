package dev.fanfare.engine.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Be written to the log, wholly or not at all; its methods are for the writer's thread.
 */
interface LogEntry {

	/** Return how large it is, about, in bytes. */
	int bytes();

	/**
	 * Say what to write.
	 * @param batch takes it
	 * @param touched takes the logs whose heads move
	 * @throws RuntimeException if it cannot be; then it is as if it had not been planned
	 */
	void plan(LogStore.Batch batch, Set<DiskLog> touched, long now);

	/** Let it be seen: the disk has it. */
	void commit();

	/** Be as if it had never been planned: it is not written. */
	void undo();

	/**
	 * Have taken out of the store what may have reached it when the writing failed; after
	 * {@link #undo}.
	 */
	void takeOut(LogStore.Batch batch);

	/** Return what tells whoever waits for it. */
	CompletableFuture<Void> done();

	/** End the writing. */
	final class Last implements LogEntry {

		@Override
		public int bytes() {
			return 0;
		}

		@Override
		public void plan(LogStore.Batch batch, Set<DiskLog> touched, long now) {
			// There is nothing to write.
		}

		@Override
		public void commit() {
			// There is nothing to see.
		}

		@Override
		public void undo() {
			// There is nothing to undo.
		}

		@Override
		public void takeOut(LogStore.Batch batch) {
			// There is nothing to take out.
		}

		@Override
		public CompletableFuture<Void> done() {
			return new CompletableFuture<>();
		}

	}

}
