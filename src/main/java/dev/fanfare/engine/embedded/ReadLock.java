package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keep servers out of a log that is read.
 * <p>
 * RocksDB would open it beside a server that writes, but what the server deletes
 * meanwhile would be missed. The lock is the one RocksDB takes, shared; a backup has no
 * file for it and needs none.
 */
final class ReadLock implements AutoCloseable {

	private final @Nullable FileChannel channel;

	private ReadLock(@Nullable FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Keep them out until this is closed.
	 * @throws IOException if one is there
	 */
	static ReadLock keepOut(Path log) throws IOException {
		Path file = log.resolve("LOCK");
		if (!Files.exists(file)) {
			return new ReadLock(null);
		}
		FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
		FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
		if (lock == null) {
			channel.close();
			throw new IOException("lock file " + file);
		}
		return new ReadLock(channel);
	}

	@Override
	public void close() {
		try {
			if (this.channel != null) {
				this.channel.close();
			}
		}
		catch (IOException ex) {
			// It ends with the process.
		}
	}

}
