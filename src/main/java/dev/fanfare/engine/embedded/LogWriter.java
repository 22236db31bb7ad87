package dev.fanfare.engine.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.fanfare.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write the log with one thread: all that waits goes to the disk in one write and one
 * fsync, and is then acknowledged and announced in order. <pre>
 *   append a --&gt; |
 *   append b --&gt; | waiting --&gt; plan a b c --&gt; write, fsync --&gt; done a, done b, done c
 *   trim   c --&gt; |                             \--fails--&gt; undo c b a, refuse all, open the store again
 * </pre> While one group is written the next one gathers, so groups grow with the load by
 * themselves.
 * <p>
 * What waits is bounded by those who wait for it: publishers, whom the broker's intake
 * admits, and the housekeeping.
 */
final class LogWriter {

	private static final Logger logger = LoggerFactory.getLogger(LogWriter.class);

	/** The most that is written at once. */
	private static final int GROUP_ENTRIES = 1024;

	private static final int GROUP_BYTES = 1024 * 1024;

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

	private static final String RECOVERED = "recovered";

	private final LogStore store;

	private final Clock clock;

	private final BlockingQueue<LogEntry> waiting = new LinkedBlockingQueue<>();

	private final Thread thread;

	/** What was refused when the writing failed, and may have reached the disk. */
	private List<LogEntry> refused = List.of();

	/** Why nothing can be written at the moment. */
	private volatile @Nullable StorageFailed failure;

	private volatile boolean stopped;

	private volatile Written written = (entries, nanos) -> {
	};

	/** Begin to write. */
	LogWriter(LogStore store, Clock clock) {
		this.store = store;
		this.clock = clock;
		this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
	}

	/**
	 * Have an entry written.
	 * @return completes when the disk has it and it is done, or with the {@link Refusal}
	 * why it is not
	 */
	CompletableFuture<Void> submit(LogEntry entry) {
		StorageFailed failed = this.failure;
		if (failed != null || this.stopped) {
			entry.done().completeExceptionally((failed != null) ? failed : closed());
		}
		else {
			this.waiting.add(entry);
			if (!this.thread.isAlive()) {
				refuseWaiting();
			}
		}
		return entry.done();
	}

	/** Have somebody told of each group that was written, by the thread that writes. */
	void whenWritten(Written written) {
		this.written = written;
	}

	/** Return why nothing can be written at the moment, if so. */
	@Nullable StorageFailed failure() {
		return this.failure;
	}

	/** Stop when all that waits is written, and wait for that. */
	void stop() {
		this.stopped = true;
		this.waiting.add(new LogEntry.Last());
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		try {
			List<LogEntry> group = List.of();
			while (group.isEmpty() || !(group.getLast() instanceof LogEntry.Last)) {
				group = (this.failure == null) ? next() : nextWhileFailed();
				write(group);
			}
		}
		catch (InterruptedException ex) {
			// Nobody interrupts it but to end the process in a hurry.
			Thread.currentThread().interrupt();
		}
		finally {
			this.stopped = true;
			refuseWaiting();
		}
	}

	/** Leave nobody waiting for what is not written any more. */
	private void refuseWaiting() {
		for (LogEntry entry = this.waiting.poll(); entry != null; entry = this.waiting.poll()) {
			entry.done().completeExceptionally(closed());
		}
	}

	private static StorageFailed closed() {
		return new StorageFailed("it is closed");
	}

	/** Wait for the first entry and take what else is there. */
	private List<LogEntry> next() throws InterruptedException {
		List<LogEntry> group = new ArrayList<>();
		LogEntry entry = this.waiting.take();
		int bytes = 0;
		while (entry != null) {
			group.add(entry);
			bytes += entry.bytes();
			// What follows a reset takes offsets of the former life: readers must see
			// first
			// that it is over.
			boolean last = entry instanceof LogReset || entry instanceof LogEntry.Last;
			boolean full = group.size() >= GROUP_ENTRIES || bytes >= GROUP_BYTES || last;
			entry = full ? null : this.waiting.poll();
		}
		return group;
	}

	private List<LogEntry> nextWhileFailed() throws InterruptedException {
		LogEntry entry = this.waiting.poll(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
		if (entry != null) {
			return List.of(entry);
		}
		recover();
		return List.of();
	}

	private void write(List<LogEntry> group) {
		List<LogEntry> planned = new ArrayList<>(group.size());
		try (LogStore.Batch batch = this.store.batch()) {
			Set<DiskLog> touched = new LinkedHashSet<>();
			group.forEach((entry) -> plan(entry, batch, touched, planned));
			if (planned.isEmpty()) {
				return;
			}
			touched.forEach((log) -> batch.put(log, log.next()));
			long began = System.nanoTime();
			batch.write();
			this.written.written(planned.size(), System.nanoTime() - began);
		}
		catch (RuntimeException | Error ex) {
			fail(group, planned, ex);
			return;
		}
		planned.forEach(LogWriter::complete);
	}

	private void plan(LogEntry entry, LogStore.Batch batch, Set<DiskLog> touched, List<LogEntry> planned) {
		StorageFailed failed = this.failure;
		if (failed != null) {
			entry.done().completeExceptionally(failed);
			return;
		}
		try {
			entry.plan(batch, touched, this.clock.millis());
			planned.add(entry);
		}
		catch (Refusal refusal) {
			entry.done().completeExceptionally(refusal);
		}
	}

	private static void complete(LogEntry entry) {
		try {
			entry.commit();
			entry.done().complete(null);
		}
		catch (RuntimeException ex) {
			// A fault of whoever is announced to; the log and the others go on.
			logger.error("Could not announce what was stored", ex);
			entry.done().complete(null);
		}
	}

	private void fail(List<LogEntry> group, List<LogEntry> planned, Throwable cause) {
		StorageFailed failed = (cause instanceof StorageFailed failure) ? failure : new StorageFailed(cause.toString());
		logger.error("The log cannot be written; trying again every {}", BETWEEN_ATTEMPTS, cause);
		this.failure = failed;
		planned.reversed().forEach(LogEntry::undo);
		this.refused = planned;
		group.forEach((entry) -> entry.done().completeExceptionally(failed));
	}

	/**
	 * Open the store again, and take out of it what nobody was told is stored: part of
	 * what failed may have reached the disk.
	 */
	private void recover() {
		try {
			// First, so that histories can be read for as long as it cannot be written.
			this.store.requireRoom();
			this.store.reopen();
			try (LogStore.Batch batch = this.store.batch()) {
				this.refused.forEach((entry) -> entry.takeOut(batch));
				batch.putMeta(RECOVERED, Long.toString(this.clock.millis()).getBytes(StandardCharsets.US_ASCII));
				batch.write();
			}
			this.refused = List.of();
			this.failure = null;
			logger.info("The log can be written again");
		}
		catch (RuntimeException ex) {
			logger.debug("The log still cannot be written", ex);
		}
	}

	/** Be told how a group was written. */
	@FunctionalInterface
	interface Written {

		/**
		 * Note that the disk has it.
		 * @param entries how many there were
		 * @param nanos how long the write and its fsync took
		 */
		void written(int entries, long nanos);

	}

}
