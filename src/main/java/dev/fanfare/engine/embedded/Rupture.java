package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Note beside a log that clients may know of more than it holds: its end was damaged, or
 * it is a backup.
 * <p>
 * The offsets that are missing will be given again, so every topic needs a new epoch. A
 * file says so, because the process may end between finding out and having done it.
 */
final class Rupture {

	private static final String FILE = "new-epochs";

	private static final String TEXT = "This log may hold less than clients were told: the next start gives its topics new epochs.\n";

	private final Path file;

	private Rupture(Path folder) {
		this.file = folder.resolve(FILE);
	}

	static Rupture in(Path folder) {
		return new Rupture(folder);
	}

	boolean isNoted() {
		return Files.exists(this.file);
	}

	/** Note it, and return when the disk has it. */
	void note() throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8)));
			channel.force(true);
		}
		try (FileChannel folder = FileChannel.open(this.file.toAbsolutePath().getParent())) {
			folder.force(true);
		}
	}

	/** Note that every topic has its new epoch. */
	void mend() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new StorageFailed(ex.toString());
		}
	}

}
