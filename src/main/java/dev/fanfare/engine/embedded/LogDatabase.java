package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Open RocksDB in a data folder, set for a log that is appended to and synced.
 * <p>
 * What is set, and why, was measured; see {@code docs/decisions/0008-the-log.md}.
 */
final class LogDatabase implements AutoCloseable {

	/** The database's folder within the data folder. */
	static final String LOG = "log";

	private static final long MB = 1024 * 1024;

	final RocksDB rocks;

	final ColumnFamilyHandle records;

	final ColumnFamilyHandle topics;

	final ColumnFamilyHandle keys;

	final ColumnFamilyHandle meta;

	final ColumnFamilyHandle cursors;

	/** What is to be closed after the database, last first. */
	private final List<RocksObject> owned = new ArrayList<>();

	private final WriteOptions synced;

	private @Nullable ReadLock lock;

	private LogDatabase(Path folder, WALRecoveryMode recovery, Opener opener) throws RocksDBException {
		LRUCache cache = own(new LRUCache(32 * MB));
		ColumnFamilyOptions family = own(new ColumnFamilyOptions()).setWriteBufferSize(32 * MB)
			.setMaxWriteBufferNumber(3)
			.setLevelCompactionDynamicLevelBytes(true)
			.setCompressionType(CompressionType.LZ4_COMPRESSION)
			.setMemtableMaxRangeDeletions(2000)
			.setTableFormatConfig(new BlockBasedTableConfig().setBlockSize(16 * 1024)
				.setBlockCache(cache)
				.setCacheIndexAndFilterBlocks(true)
				.setFormatVersion(5));
		DBOptions options = own(new DBOptions()).setCreateIfMissing(true)
			.setCreateMissingColumnFamilies(true)
			.setWalRecoveryMode(recovery)
			.setRecycleLogFileNum(0)
			.setMaxTotalWalSize(128 * MB)
			.setMaxBackgroundJobs(2)
			.setBytesPerSync(MB)
			.setKeepLogFileNum(2);
		this.synced = own(new WriteOptions()).setSync(true);
		List<ColumnFamilyDescriptor> families = Stream.of("default", "topics", "keys", "meta", "cursors")
			.map((name) -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), family))
			.toList();
		List<ColumnFamilyHandle> handles = new ArrayList<>();
		try {
			this.rocks = opener.open(options, folder.toString(), families, handles);
		}
		catch (RocksDBException ex) {
			closeOwned();
			throw ex;
		}
		this.records = handles.get(0);
		this.topics = handles.get(1);
		this.keys = handles.get(2);
		this.meta = handles.get(3);
		this.cursors = handles.get(4);
	}

	/**
	 * Open the database of a folder, and create both if need be.
	 * @throws DataFolderUnusable if it is in use, cannot be written or is damaged
	 */
	static LogDatabase open(Path folder) {
		try {
			Files.createDirectories(folder);
			NativeLibrary.load(folder);
			return new LogDatabase(folder.resolve(LOG), WALRecoveryMode.TolerateCorruptedTailRecords, RocksDB::open);
		}
		catch (IOException | RocksDBException ex) {
			throw DataFolderUnusable.because(folder, ex);
		}
	}

	/**
	 * Open the database of a folder up to where it is damaged, and note that.
	 * @throws DataFolderUnusable if more is damaged than its end
	 */
	static LogDatabase openUpToDamage(Path folder) {
		try {
			Rupture.in(folder).note();
			return new LogDatabase(folder.resolve(LOG), WALRecoveryMode.PointInTimeRecovery, RocksDB::open);
		}
		catch (IOException | RocksDBException ex) {
			throw DataFolderUnusable.because(folder, ex);
		}
	}

	/**
	 * Open the database of a folder that no server uses, and leave all of it as it is.
	 * @throws DataFolderUnusable if it is in use, is not there or is damaged
	 */
	static LogDatabase openToRead(Path folder) {
		Path log = folder.resolve(LOG);
		try {
			if (!Files.exists(log.resolve("CURRENT"))) {
				throw new NoSuchFileException(log.toString(), null, "there is no log");
			}
			NativeLibrary.loadForAWhile();
			return openToRead(log, ReadLock.keepOut(log));
		}
		catch (IOException | RocksDBException ex) {
			throw DataFolderUnusable.because(folder, ex);
		}
	}

	private static LogDatabase openToRead(Path log, ReadLock lock) throws RocksDBException {
		try {
			LogDatabase database = new LogDatabase(log, WALRecoveryMode.TolerateCorruptedTailRecords,
					RocksDB::openReadOnly);
			database.lock = lock;
			return database;
		}
		catch (RocksDBException ex) {
			lock.close();
			throw ex;
		}
	}

	static StorageFailed failed(RocksDBException ex) {
		return new StorageFailed(String.valueOf(ex.getMessage()));
	}

	/** Write in one step, and return when the disk has it. */
	void write(WriteBatch batch) {
		try {
			this.rocks.write(this.synced, batch);
		}
		catch (RocksDBException ex) {
			throw failed(ex);
		}
	}

	@Override
	public void close() {
		List.of(this.records, this.topics, this.keys, this.meta, this.cursors).forEach(ColumnFamilyHandle::close);
		this.rocks.close();
		closeOwned();
		if (this.lock != null) {
			this.lock.close();
		}
	}

	private <T extends RocksObject> T own(T object) {
		this.owned.add(object);
		return object;
	}

	private void closeOwned() {
		this.owned.reversed().forEach(RocksObject::close);
	}

	private interface Opener {

		RocksDB open(DBOptions options, String path, List<ColumnFamilyDescriptor> families,
				List<ColumnFamilyHandle> handles) throws RocksDBException;

	}

}
