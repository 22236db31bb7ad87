package dev.fanfare.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Make keys, and hash them.
 * <p>
 * A key is 256 random bits, so one round of SHA-256 hides it as well as many would.
 */
final class ApiKey {

	/** Lets people and scanners of repositories see what it is. */
	private static final String PREFIX = "fanfare_";

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private ApiKey() {
	}

	/** Make a key that nobody has. */
	static String random() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Return the hash as it is written into settings. */
	static String hash(String key) {
		return "sha256:" + HexFormat.of().formatHex(digest(key));
	}

	static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
