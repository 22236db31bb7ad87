package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** State that the log cannot be opened in its folder, and what would help. */
final class DataFolderUnusable extends RuntimeException {

	private final String help;

	private final boolean damaged;

	private DataFolderUnusable(String message, String help, boolean damaged, Throwable cause) {
		super(message, cause);
		this.help = help;
		this.damaged = damaged;
	}

	static DataFolderUnusable because(Path folder, Exception cause) {
		String path = folder.toAbsolutePath().normalize().toString();
		String why = String.valueOf(cause.getMessage());
		if (isLocked(why)) {
			return new DataFolderUnusable(
					"The data folder '%s' is in use by another process: two cannot write one log.".formatted(path),
					"Stop the other process, or give this one a folder of its own with fanfare.engine.embedded.path.",
					false, cause);
		}
		if (isDamage(why)) {
			return damaged(folder, why, cause);
		}
		return new DataFolderUnusable("The data folder '%s' cannot be used: %s".formatted(path, why(cause)),
				"Let this user write to it and run programs from it, have room on its disk, or choose another folder with "
						+ "fanfare.engine.embedded.path.",
				false, cause);
	}

	/** State that what the folder holds is not what was written. */
	static DataFolderUnusable damaged(Path folder, String why, Exception cause) {
		return new DataFolderUnusable(
				"The log in the data folder '%s' is damaged: %s".formatted(folder.toAbsolutePath().normalize(), why),
				"Restore the folder from a backup, or see what can be read: java -jar fanfare.jar log verify --data FOLDER",
				true, cause);
	}

	boolean isDamaged() {
		return this.damaged;
	}

	String help() {
		return this.help;
	}

	private static boolean isDamage(String why) {
		String lower = why.toLowerCase(Locale.ROOT);
		return lower.contains("corruption") || lower.contains("checksum mismatch") || lower.contains("bad record");
	}

	private static boolean isLocked(String why) {
		return why.contains("lock file") || why.contains("lock hold by current process") || why.contains("/LOCK");
	}

	private static @Nullable String why(Exception cause) {
		// The message of an AccessDeniedException, for one, is the path alone.
		return (cause instanceof java.nio.file.FileSystemException) ? cause.toString() : cause.getMessage();
	}

}
