package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Engine;
import dev.fanfare.broker.Page;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Order and keep publications in this process and its data folder.
 * <p>
 * What is on disk goes through the {@link LogWriter}, also where a batch has topics that
 * are not; what is not is ordered by the publisher's thread under the topics' locks.
 */
@Component
class EmbeddedEngine implements Engine, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedEngine.class);

	private final Clock clock;

	private final LogStore store;

	private final Topics topics;

	private final LogWriter writer;

	private final Cursors cursors;

	private Consumer<List<Publication>> announce = (publications) -> {
	};

	EmbeddedEngine(EmbeddedProperties properties, TopicRules rules, Clock clock) {
		this.clock = clock;
		this.store = new LogStore(properties.path());
		this.topics = topics(properties, rules);
		this.writer = new LogWriter(this.store, clock);
		this.cursors = new Cursors(this.store, this.writer);
	}

	private Topics topics(EmbeddedProperties properties, TopicRules rules) {
		try {
			return new Topics(properties, rules, this.store);
		}
		catch (RuntimeException ex) {
			this.store.close();
			throw (ex instanceof StorageFailed failed)
					? DataFolderUnusable.damaged(properties.path(), failed.reason(), ex) : ex;
		}
	}

	@Override
	public void start(Consumer<List<Publication>> announce) {
		this.announce = announce;
	}

	@Override
	public List<Stored> append(List<Draft> drafts) {
		Appending appending = new Appending(this.topics, drafts, this.announce);
		if (isOnDisk(drafts)) {
			write(new LogAppend(appending, drafts, this::trim));
		}
		else {
			long now = this.clock.millis();
			appending.plan(now);
			appending.commit(now);
		}
		return appending.stored();
	}

	private boolean isOnDisk(List<Draft> drafts) {
		for (Draft draft : drafts) {
			if (this.topics.isOnDisk(draft.topic())) {
				return true;
			}
		}
		return false;
	}

	@Override
	public TopicState state(TopicName topic) {
		return this.topics.state(topic);
	}

	@Override
	public Page read(TopicName topic, long after, int limit) {
		TopicLog log = this.topics.find(topic);
		if (log == null) {
			return new Page(this.topics.state(topic), List.of());
		}
		while (true) {
			Head head = log.head();
			TopicState state = head.state(topic, log.rule().retention().messages());
			long from = Math.max(after, state.oldest() - 1);
			List<Publication> publications = log.read(head, from, limit);
			if (log.head().keepsAllOf(head, from)) {
				return new Page(state, publications);
			}
			// Trimmed or reset while it was read, so that it may have holes.
		}
	}

	@Override
	public long offsetBefore(TopicName topic, Instant time) {
		TopicLog log = this.topics.find(topic);
		return (log != null) ? log.offsetBefore(time) : 0;
	}

	@Override
	public List<TopicState> topics(String prefix, @Nullable TopicName after, int limit) {
		return this.topics.list(prefix, after, limit);
	}

	@Override
	public TopicState reset(TopicName topic) {
		switch (this.topics.find(topic)) {
			case null -> {
				// There is no history to forget.
			}
			case DiskLog log -> write(new LogReset(log, this.writer::submit));
			case MemoryLog log -> log.reset();
		}
		return state(topic);
	}

	@Override
	public Optional<Cursor> cursor(CursorName name) {
		return this.cursors.find(name);
	}

	@Override
	public int cursorCount() {
		return this.cursors.count();
	}

	@Override
	public List<Cursor> cursors(@Nullable CursorName after, int limit) {
		return this.cursors.list(after, limit);
	}

	@Override
	public CompletableFuture<Void> save(Cursor cursor) {
		return this.cursors.save(cursor);
	}

	@Override
	public CompletableFuture<Void> forget(CursorName name) {
		return this.cursors.forget(name);
	}

	/** Return why topics on disk take nothing at the moment. */
	@Nullable StorageFailed failure() {
		return this.writer.failure();
	}

	/** Have somebody told of each group that was written to the disk. */
	void whenWritten(LogWriter.Written written) {
		this.writer.whenWritten(written);
	}

	/** Return how many topics have a position. */
	int topicCount() {
		return this.topics.count();
	}

	/** Return how many bytes the log takes on the disk, not a number if it is closed. */
	double sizeOnDisk() {
		return this.store.sizeOnDisk();
	}

	/**
	 * Write a backup of all that is stored on disk, and return its folder.
	 * @throws BackupExists if there is one of that name
	 */
	Path backup(String name) {
		return this.store.backup(name);
	}

	/** Keep what the rules say and no more. */
	@Scheduled(fixedDelay = 60_000)
	void sweep() {
		long now = this.clock.millis();
		this.topics.sweepMemory(now);
		if (this.writer.failure() == null) {
			this.topics.onDisk().forEach((log) -> trim(log, now));
			this.writer.submit(new LogSweep(this.topics));
		}
	}

	/** Write what was taken, then let go of the data folder. */
	@Override
	public void close() {
		this.writer.stop();
		this.store.close();
	}

	private void trim(DiskLog log, long now) {
		try {
			if (log.trimmed(now).trimmed() > log.head().trimmed()) {
				trim(log);
			}
		}
		catch (StorageFailed ex) {
			logger.error("Could not read how old the publications of '{}' are; all of them are kept", log.topic(), ex);
		}
	}

	private void trim(DiskLog log) {
		this.writer.submit(new LogTrim(log, this.writer::submit));
	}

	private void write(LogEntry entry) {
		try {
			this.writer.submit(entry).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Refusal refusal) ? refusal : ex;
		}
	}

}
