package dev.fanfare.security;

import java.util.EnumSet;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Make one key where nothing is configured, as Spring Security does with its password,
 * and keep its hash: it is shown once, and goes on working.
 */
@Component
class FirstKey {

	private static final Logger logger = LoggerFactory.getLogger(FirstKey.class);

	private static final String FILE = "key";

	private final SecurityFolder folder;

	FirstKey(SecurityFolder folder) {
		this.folder = folder;
	}

	/** Return the key that was made at an earlier start, or make it. */
	KeyProperties.Item readOrMake() {
		return item(this.folder.read(FILE).map(String::strip).orElseGet(this::make));
	}

	private String make() {
		String key = ApiKey.random();
		String hash = ApiKey.hash(key);
		this.folder.write(FILE, hash + "\n");
		logger.warn("""
				No key or token is configured (fanfare.access), so here is a key that may do everything:

				    {}

				It is shown this once and goes on working. For another one, delete {} and start again.
				""", key, this.folder.file(FILE));
		return hash;
	}

	private KeyProperties.Item item(String hash) {
		try {
			return new KeyProperties.Item("first", hash, EnumSet.allOf(KeyProperties.Scope.class), List.of("**"));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(
					"%s does not hold the hash of a key; delete it, and the next start makes a new key."
						.formatted(this.folder.file(FILE).toAbsolutePath()));
		}
	}

}
