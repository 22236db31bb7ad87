package dev.fanfare.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keep small files in the folder {@code security} of the data folder: a file is replaced
 * as a whole, and is on the disk when it is.
 */
@Component
class SecurityFolder {

	private final Path folder;

	SecurityFolder(@Value("${fanfare.engine.embedded.path:./data}") String data) {
		this.folder = Path.of(data, "security");
	}

	Path file(String name) {
		return this.folder.resolve(name);
	}

	/** Return what the file says, if it is there. */
	Optional<String> read(String name) {
		try {
			Path file = file(name);
			return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read %s".formatted(file(name).toAbsolutePath()), ex);
		}
	}

	void write(String name, String text) {
		try {
			Files.createDirectories(this.folder);
			Path written = file(name + ".new");
			Files.deleteIfExists(written);
			create(written);
			try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
				ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
			syncFolder();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write %s".formatted(file(name).toAbsolutePath()), ex);
		}
	}

	/** Make a file that its owner alone can read, where the file system can say so. */
	private static void create(Path file) throws IOException {
		if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		else {
			Files.createFile(file);
		}
	}

	/** Have the disk know the new name too, where folders can be synced. */
	private void syncFolder() throws IOException {
		try (FileChannel channel = FileChannel.open(this.folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (AccessDeniedException ex) {
			// Windows does not open folders.
		}
	}

}
