package dev.fanfare.engine.embedded;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/** Back the log up while it is written, when an operator asks for it. */
@Component
@Endpoint(id = "backup")
class BackupEndpoint {

	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private final EmbeddedEngine engine;

	private final Clock clock;

	BackupEndpoint(EmbeddedEngine engine, Clock clock) {
		this.engine = engine;
		this.clock = clock;
	}

	/**
	 * Write a backup of all that was acknowledged before.
	 * @param name of its folder; the time if there is none
	 */
	@WriteOperation
	Backup backup(@Nullable String name) {
		String chosen = (name != null) ? name : NOW.format(this.clock.instant());
		if (!VALID.matcher(chosen).matches()) {
			String reason = "'%s' is no name of a backup: it must be 1 to 64 letters, digits and . _ -"
				.formatted(chosen);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		try {
			return new Backup(chosen, this.engine.backup(chosen).toAbsolutePath().normalize().toString());
		}
		catch (BackupExists ex) {
			throw new InvalidEndpointRequestException(ex.getMessage(), ex.getMessage());
		}
	}

	/**
	 * Say where a backup is.
	 *
	 * @param name which it has
	 * @param folder a data folder to start a server in
	 */
	record Backup(String name, String folder) {
	}

}
