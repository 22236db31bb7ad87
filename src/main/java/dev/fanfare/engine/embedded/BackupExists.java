package dev.fanfare.engine.embedded;

import java.nio.file.Path;

/** State that there is a backup of that name. */
final class BackupExists extends RuntimeException {

	BackupExists(Path folder) {
		super("The folder '%s' exists; choose another name.".formatted(folder.toAbsolutePath().normalize()));
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
