package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** State that the log cannot be opened in its folder, and what would help. */
final class DataFolderUnusable extends RuntimeException {

	private final String help;

	private DataFolderUnusable(String message, String help, Throwable cause) {
		super(message, cause);
		this.help = help;
	}

	static DataFolderUnusable because(Path folder, Exception cause) {
		String path = folder.toAbsolutePath().normalize().toString();
		String why = String.valueOf(cause.getMessage());
		if (isLocked(why)) {
			return new DataFolderUnusable(
					"The data folder '%s' is in use by another process: two cannot write one log.".formatted(path),
					"Stop the other process, or give this one a folder of its own with fanfare.engine.embedded.path.",
					cause);
		}
		if (why.toLowerCase(Locale.ROOT).contains("corruption")) {
			return new DataFolderUnusable("The log in the data folder '%s' is damaged: %s".formatted(path, why),
					"Restore the folder from a backup, or look at what can be read: java -jar fanfare.jar log verify",
					cause);
		}
		return new DataFolderUnusable("The data folder '%s' cannot be used: %s".formatted(path, why(cause)),
				"Let this user write to it and run programs from it, have room on its disk, or choose another folder with "
						+ "fanfare.engine.embedded.path.",
				cause);
	}

	String help() {
		return this.help;
	}

	private static boolean isLocked(String why) {
		return why.contains("lock file") || why.contains("lock hold by current process") || why.contains("/LOCK");
	}

	private static @Nullable String why(Exception cause) {
		// The message of an AccessDeniedException, for one, is the path alone.
		return (cause instanceof java.nio.file.FileSystemException) ? cause.toString() : cause.getMessage();
	}

}
