package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep topics in RocksDB, in one folder: <pre>
 *   default    topic id 4, offset 8                  -&gt; LogRecord
 *   topics     name                                  -&gt; topic id 4, epoch, head
 *   keys       until (minute) 8, topic id 4, key     -&gt; digest 16, until 8, position
 *   meta       name                                  -&gt; value
 *   cursors    owner, 0, name                        -&gt; position, touched, topic, beyond
 * </pre> Numbers in keys are big-endian, so that a topic's publications lie one after the
 * other in the order of their offsets.
 * <p>
 * One thread writes. Any thread reads what has been written; while the store is
 * {@linkplain #reopen reopened} they wait.
 */
final class LogStore implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LogStore.class);

	/** The most bytes that are read at once, and one publication more. */
	static final int PAGE_BYTES = 1024 * 1024;

	/** The least that there must be room for. */
	private static final int PROBE_BYTES = 1024 * 1024;

	private final Path folder;

	/** Guards {@link #database} against being closed while it is used. */
	private final ReadWriteLock open = new ReentrantReadWriteLock();

	private @Nullable LogDatabase database;

	LogStore(Path folder) {
		this.folder = folder;
		this.database = opened();
	}

	private LogStore(Path folder, LogDatabase database) {
		this.folder = folder;
		this.database = database;
	}

	/** Open the store of a folder that no server uses; nothing is written. */
	static LogStore readOnly(Path folder) {
		return new LogStore(folder, LogDatabase.openToRead(folder));
	}

	private LogDatabase opened() {
		try {
			return LogDatabase.open(this.folder);
		}
		catch (DataFolderUnusable ex) {
			if (!ex.isDamaged()) {
				throw ex;
			}
			LogDatabase upToDamage = LogDatabase.openUpToDamage(this.folder);
			logger.error("The end of the log was damaged and is lost; all topics begin new epochs", ex);
			return upToDamage;
		}
	}

	/** Return whether clients may know of more than there is. */
	Rupture rupture() {
		return Rupture.in(this.folder);
	}

	/** Begin what is to be written in one step. */
	Batch batch() {
		return new Batch();
	}

	/**
	 * Make sure that the disk takes something.
	 * @throws StorageFailed if it does not
	 */
	void requireRoom() {
		try (FileChannel probe = FileChannel.open(this.folder.resolve("probe"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
			ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
			while (bytes.hasRemaining()) {
				probe.write(bytes);
			}
			probe.force(true);
		}
		catch (IOException ex) {
			throw new StorageFailed(ex.toString());
		}
	}

	/**
	 * Close the files and open them again, with what the disk has.
	 * @throws StorageFailed if they cannot be opened
	 */
	void reopen() {
		this.open.writeLock().lock();
		try {
			closeDatabase();
			this.database = LogDatabase.open(this.folder);
		}
		finally {
			this.open.writeLock().unlock();
		}
	}

	/**
	 * Return how many bytes its files take, backups not counted; not a number where they
	 * cannot be seen.
	 */
	double sizeOnDisk() {
		try (Stream<Path> files = Files.list(this.folder.resolve(LogDatabase.LOG))) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
		catch (IOException | UncheckedIOException ex) {
			return Double.NaN;
		}
	}

	/**
	 * Copy the store while it is written, by hard links as far as can be.
	 * @return the copy's folder, a data folder whose topics begin new epochs
	 * @throws BackupExists if there is one of that name
	 * @throws StorageFailed if it cannot be written
	 */
	Path backup(String name) {
		Path target = this.folder.resolve("backups").resolve(name);
		this.open.readLock().lock();
		try {
			Files.createDirectories(target.getParent());
			Files.createDirectory(target);
			Rupture.in(target).note();
			try (Checkpoint checkpoint = Checkpoint.create(database().rocks)) {
				checkpoint.createCheckpoint(target.resolve(LogDatabase.LOG).toString());
			}
			return target;
		}
		catch (FileAlreadyExistsException ex) {
			throw new BackupExists(target);
		}
		catch (RocksDBException ex) {
			throw LogDatabase.failed(ex);
		}
		catch (IOException ex) {
			throw new StorageFailed(ex.toString());
		}
		finally {
			this.open.readLock().unlock();
		}
	}

	@Override
	public void close() {
		this.open.writeLock().lock();
		try {
			closeDatabase();
		}
		finally {
			this.open.writeLock().unlock();
		}
	}

	private void closeDatabase() {
		LogDatabase closing = this.database;
		if (closing != null) {
			// First, for a database that is closed must not be touched whatever happens.
			this.database = null;
			closing.close();
		}
	}

	/** Return what may be used while the lock is held. */
	private LogDatabase database() {
		LogDatabase present = this.database;
		if (present == null) {
			throw new StorageFailed("it is not open");
		}
		return present;
	}

	/** Read publications after that offset, no newer than the head, a page at most. */
	List<Publication> read(TopicName topic, int id, Head upTo, long after, int limit) {
		List<Publication> page = new ArrayList<>();
		byte[] end = recordKey(id, upTo.offset() + 1);
		scan((database) -> database.records, recordKey(id, after + 1), end, (key, value) -> {
			long offset = ByteBuffer.wrap(key).getLong(4);
			page.add(LogRecord.read(value, topic, new Position(upTo.epoch(), offset)));
			return page.size() < limit;
		});
		return page;
	}

	/**
	 * Hand on the records after that offset and up to the other, a page at most.
	 * @return whether there were any
	 */
	boolean records(int id, long after, long upTo, RecordVisitor visitor) {
		boolean[] any = { false };
		scan((database) -> database.records, recordKey(id, after + 1), recordKey(id, upTo + 1), (key, value) -> {
			any[0] = true;
			visitor.record(ByteBuffer.wrap(key).getLong(4), value);
			return true;
		});
		return any[0];
	}

	/**
	 * Compare every block of every file with its checksum.
	 * @throws StorageFailed if one does not agree
	 */
	void verifyChecksums() {
		this.open.readLock().lock();
		try {
			database().rocks.verifyChecksum();
		}
		catch (RocksDBException ex) {
			throw LogDatabase.failed(ex);
		}
		finally {
			this.open.readLock().unlock();
		}
	}

	TopicLog.@Nullable Mark mark(int id, long offset) {
		byte[] record = get((database) -> database.records, recordKey(id, offset));
		return (record != null) ? LogRecord.mark(record) : null;
	}

	/** Hand on every topic, in the order of their names. */
	void topics(TopicVisitor visitor) {
		scan((database) -> database.topics, new byte[0], null, (key, value) -> {
			ByteBuffer saved = ByteBuffer.wrap(value);
			int id = saved.getInt();
			Head head = new Head(text(saved, saved.getShort()), saved.getLong(), saved.getLong(), saved.getLong(),
					saved.getLong(), saved.getLong());
			visitor.topic(new TopicName(new String(key, StandardCharsets.UTF_8)), id, head);
			return true;
		});
	}

	/** Hand on every idempotency key, in the order in which they expire. */
	void keys(KeyVisitor visitor) {
		scan((database) -> database.keys, new byte[0], null, (key, value) -> {
			int id = ByteBuffer.wrap(key).getInt(8);
			ByteBuffer saved = ByteBuffer.wrap(value);
			Digest digest = new Digest(saved.getLong(), saved.getLong());
			long until = saved.getLong();
			long offset = saved.getLong();
			Position position = new Position(text(saved, saved.remaining()), offset);
			visitor.key(id, new String(key, 12, key.length - 12, StandardCharsets.UTF_8),
					new IdempotencyKeys.Remembered(digest, position, until));
			return true;
		});
	}

	/** Hand on how far each durable subscription has come. */
	void cursors(Consumer<Cursor> visitor) {
		scan((database) -> database.cursors, new byte[0], null, (key, value) -> {
			String[] name = new String(key, StandardCharsets.UTF_8).split("\0", 2);
			ByteBuffer saved = ByteBuffer.wrap(value);
			long offset = saved.getLong();
			long touched = saved.getLong();
			String epoch = text(saved, saved.getShort());
			TopicName topic = new TopicName(text(saved, saved.getShort()));
			List<Long> beyond = new ArrayList<>();
			while (saved.hasRemaining()) {
				beyond.add(saved.getLong());
			}
			visitor.accept(
					new Cursor(new CursorName(name[0], name[1]), topic, new Position(epoch, offset), beyond, touched));
			return true;
		});
	}

	byte @Nullable [] meta(String name) {
		return get((database) -> database.meta, name.getBytes(StandardCharsets.UTF_8));
	}

	private byte @Nullable [] get(Family family, byte[] key) {
		this.open.readLock().lock();
		try {
			return database().rocks.get(family.of(database()), key);
		}
		catch (RocksDBException ex) {
			throw LogDatabase.failed(ex);
		}
		finally {
			this.open.readLock().unlock();
		}
	}

	/** Visit what is from one key up to another, until told to stop or a page is full. */
	private void scan(Family family, byte[] from, byte @Nullable [] until, Visitor visitor) {
		this.open.readLock().lock();
		try (Slice bound = new Slice((until != null) ? until : new byte[0]); ReadOptions options = new ReadOptions()) {
			if (until != null) {
				options.setIterateUpperBound(bound);
			}
			try (RocksIterator iterator = database().rocks.newIterator(family.of(database()), options)) {
				int bytes = 0;
				boolean more = true;
				for (iterator.seek(from); more && iterator.isValid(); iterator.next()) {
					byte[] value = iterator.value();
					bytes += value.length;
					more = visitor.visit(iterator.key(), value) && (until == null || bytes < PAGE_BYTES);
				}
				iterator.status();
			}
		}
		catch (RocksDBException ex) {
			throw LogDatabase.failed(ex);
		}
		finally {
			this.open.readLock().unlock();
		}
	}

	private static byte[] recordKey(int id, long offset) {
		return ByteBuffer.allocate(12).putInt(id).putLong(offset).array();
	}

	private static byte[] keyKey(long minute, int id, byte[] key) {
		return ByteBuffer.allocate(12 + key.length).putLong(minute).putInt(id).put(key).array();
	}

	private static long minute(long millis) {
		return millis / 60_000;
	}

	private static String text(ByteBuffer bytes, int length) {
		byte[] text = new byte[length];
		bytes.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

	/** Gather what is to be written in one step; for the writing thread. */
	final class Batch implements AutoCloseable {

		private final WriteBatch writes = new WriteBatch();

		void put(DiskLog log, Publication publication, long total) {
			add((database) -> this.writes.put(recordKey(log.id(), publication.position().offset()),
					LogRecord.write(publication, total)));
		}

		/** Keep nothing of the topic after the one offset and up to the other. */
		void drop(DiskLog log, long after, long upTo) {
			add((database) -> this.writes.deleteRange(recordKey(log.id(), after + 1), recordKey(log.id(), upTo + 1)));
		}

		/** Keep nothing of the topic after that offset. */
		void dropAfter(DiskLog log, long offset) {
			drop(log, offset, Long.MAX_VALUE - 1);
		}

		void put(DiskLog log, Head head) {
			put(log.topic(), log.id(), head);
		}

		void put(TopicName topic, int id, Head head) {
			byte[] epoch = head.epoch().getBytes(StandardCharsets.UTF_8);
			byte[] saved = ByteBuffer.allocate(4 + 2 + epoch.length + 5 * 8)
				.putInt(id)
				.putShort((short) epoch.length)
				.put(epoch)
				.putLong(head.offset())
				.putLong(head.total())
				.putLong(head.timestamp())
				.putLong(head.trimmed())
				.putLong(head.trimmedTotal())
				.array();
			add((database) -> this.writes.put(database.topics, name(topic), saved));
		}

		/** Know the topic no more, which keeps nothing. */
		void forget(DiskLog log) {
			dropAfter(log, 0);
			add((database) -> this.writes.delete(database.topics, name(log.topic())));
		}

		void put(DiskLog log, IdempotencyKey key, IdempotencyKeys.Remembered remembered) {
			byte[] epoch = remembered.position().epoch().getBytes(StandardCharsets.UTF_8);
			byte[] saved = ByteBuffer.allocate(16 + 8 + 8 + epoch.length)
				.putLong(remembered.digest().high())
				.putLong(remembered.digest().low())
				.putLong(remembered.until())
				.putLong(remembered.position().offset())
				.put(epoch)
				.array();
			add((database) -> this.writes.put(database.keys, name(log, key, remembered), saved));
		}

		/** Forget a key that was put. */
		void drop(DiskLog log, IdempotencyKey key, IdempotencyKeys.Remembered remembered) {
			add((database) -> this.writes.delete(database.keys, name(log, key, remembered)));
		}

		private static byte[] name(DiskLog log, IdempotencyKey key, IdempotencyKeys.Remembered remembered) {
			byte[] text = key.value().getBytes(StandardCharsets.UTF_8);
			return keyKey(minute(remembered.until()), log.id(), text);
		}

		/** Forget the keys of the minutes that are over. */
		void dropKeys(long now) {
			byte[] end = ByteBuffer.allocate(8).putLong(minute(now)).array();
			add((database) -> this.writes.deleteRange(database.keys, new byte[8], end));
		}

		void put(Cursor cursor) {
			byte[] epoch = cursor.position().epoch().getBytes(StandardCharsets.UTF_8);
			byte[] topic = cursor.topic().value().getBytes(StandardCharsets.UTF_8);
			ByteBuffer saved = ByteBuffer
				.allocate(8 + 8 + 2 + epoch.length + 2 + topic.length + 8 * cursor.beyond().size())
				.putLong(cursor.position().offset())
				.putLong(cursor.touched())
				.putShort((short) epoch.length)
				.put(epoch)
				.putShort((short) topic.length)
				.put(topic);
			cursor.beyond().forEach(saved::putLong);
			add((database) -> this.writes.put(database.cursors, key(cursor.name()), saved.array()));
		}

		void forget(CursorName name) {
			add((database) -> this.writes.delete(database.cursors, key(name)));
		}

		private static byte[] key(CursorName name) {
			return (name.owner() + '\0' + name.name()).getBytes(StandardCharsets.UTF_8);
		}

		void putMeta(String name, byte[] value) {
			add((database) -> this.writes.put(database.meta, name.getBytes(StandardCharsets.UTF_8), value));
		}

		/**
		 * Write all of it, and return when the disk has it.
		 * @throws StorageFailed if it is not written
		 */
		void write() {
			if (this.writes.count() == 0) {
				// Nothing to trim, for one; an fsync would cost as much as for something.
				return;
			}
			LogStore.this.open.readLock().lock();
			try {
				database().write(this.writes);
			}
			finally {
				LogStore.this.open.readLock().unlock();
			}
		}

		@Override
		public void close() {
			this.writes.close();
		}

		private void add(Write write) {
			LogStore.this.open.readLock().lock();
			try {
				write.to(database());
			}
			catch (RocksDBException ex) {
				throw LogDatabase.failed(ex);
			}
			finally {
				LogStore.this.open.readLock().unlock();
			}
		}

		private static byte[] name(TopicName topic) {
			return topic.value().getBytes(StandardCharsets.UTF_8);
		}

	}

	/** Take a topic that was read. */
	interface TopicVisitor {

		void topic(TopicName topic, int id, Head head);

	}

	/** Take a record that was read. */
	interface RecordVisitor {

		void record(long offset, byte[] record);

	}

	/** Take an idempotency key that was read. */
	interface KeyVisitor {

		void key(int topicId, String key, IdempotencyKeys.Remembered remembered);

	}

	private interface Visitor {

		boolean visit(byte[] key, byte[] value);

	}

	private interface Family {

		ColumnFamilyHandle of(LogDatabase database);

	}

	private interface Write {

		void to(LogDatabase database) throws RocksDBException;

	}

}
