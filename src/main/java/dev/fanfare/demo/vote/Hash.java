package dev.fanfare.demo.vote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Make one value of several that says nothing about them. */
final class Hash {

	private Hash() {
	}

	/** Hash who says something, and what: two things with nothing in between both. */
	static byte[] of(String who, String what) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			sha.update(who.getBytes(StandardCharsets.UTF_8));
			sha.update((byte) 0);
			return sha.digest(what.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	/** Return the same in 43 letters, digits, dashes and underscores. */
	static String text(String who, String what) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(of(who, what));
	}

}
