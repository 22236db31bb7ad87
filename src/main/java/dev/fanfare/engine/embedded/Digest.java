package dev.fanfare.engine.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.fanfare.topic.Draft;

/**
 * Tell contents apart by 128 bits of their SHA-256: that of the content type and the
 * body.
 */
record Digest(long high, long low) {

	static Digest of(Draft draft) {
		MessageDigest sha = sha256();
		draft.contentType().ifPresent((type) -> sha.update(type.getBytes(StandardCharsets.UTF_8)));
		sha.update((byte) 0);
		ByteBuffer hash = ByteBuffer.wrap(sha.digest(draft.body()));
		return new Digest(hash.getLong(), hash.getLong());
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
