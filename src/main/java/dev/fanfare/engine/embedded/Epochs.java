package dev.fanfare.engine.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

import dev.fanfare.topic.TopicName;

/**
 * Name the epochs of topics, those included that do not exist yet.
 * <p>
 * An epoch is random, and yet known before the topic's first publication: so somebody who
 * subscribes to a topic before that has a position to resume from. When a topic is
 * forgotten the next generation begins, in which it gets another epoch; topics that exist
 * keep theirs. Not for several threads at once, but for {@link #of}.
 */
final class Epochs {

	private static final int SEED_BYTES = 16;

	private static final SecureRandom random = new SecureRandom();

	private final byte[] seed;

	private volatile long generation;

	/** Begin with a seed that nobody else has. */
	Epochs() {
		this.seed = new byte[SEED_BYTES];
		random.nextBytes(this.seed);
	}

	/** Go on with what was {@linkplain #saved saved}. */
	Epochs(byte[] saved) {
		ByteBuffer bytes = ByteBuffer.wrap(saved);
		this.seed = new byte[SEED_BYTES];
		bytes.get(this.seed);
		this.generation = bytes.getLong();
	}

	byte[] saved() {
		return saved(this.generation);
	}

	/** Return what {@link #saved} is in the next generation. */
	byte[] savedNext() {
		return saved(this.generation + 1);
	}

	private byte[] saved(long of) {
		return ByteBuffer.allocate(SEED_BYTES + Long.BYTES).put(this.seed).putLong(of).array();
	}

	/** Return the epoch of a topic that does not exist. */
	String of(TopicName topic) {
		MessageDigest sha = Digest.sha256();
		sha.update(this.seed);
		sha.update(ByteBuffer.allocate(Long.BYTES).putLong(this.generation).flip());
		return HexFormat.of().formatHex(sha.digest(topic.value().getBytes(StandardCharsets.UTF_8)), 0, 4);
	}

	void nextGeneration() {
		this.generation++;
	}

	/** Return an epoch for a topic that begins anew. */
	static String fresh() {
		return HexFormat.of().toHexDigits(random.nextInt());
	}

}
