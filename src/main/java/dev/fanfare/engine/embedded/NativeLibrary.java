package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.rocksdb.NativeLibraryLoader;

/**
 * Load RocksDB's native library from the data folder.
 * <p>
 * By itself it would be unpacked into the system's folder for temporary files, where each
 * process that is killed leaves one behind, and from which some systems run nothing.
 */
final class NativeLibrary {

	private NativeLibrary() {
	}

	/** Load it, unless this process has it already. */
	static void load(Path folder) throws IOException {
		loadFrom(Files.createDirectories(folder.resolve("native")).toAbsolutePath());
	}

	/** Load it from a folder that is gone when the process ends by itself. */
	static void loadForAWhile() throws IOException {
		Path place = Files.createTempDirectory("fanfare");
		place.toFile().deleteOnExit();
		loadFrom(place);
	}

	private static void loadFrom(Path place) throws IOException {
		try {
			NativeLibraryLoader.getInstance().loadLibrary(place.toString());
		}
		catch (UnsatisfiedLinkError | RuntimeException ex) {
			throw new IOException(
					"RocksDB's native library cannot be run from %s (%s)".formatted(place, ex.getMessage()), ex);
		}
	}

}
