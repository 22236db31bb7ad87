package dev.fanfare.engine.embedded;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/**
 * Give one topic's publications their positions.
 * <p>
 * All methods but {@link #lock} are called with the lock held. Where several are locked,
 * it is in the order of the topics' names. The mailbox lock of a lane is taken within it.
 */
final class TopicLog {

	private static final SecureRandom random = new SecureRandom();

	private final ReentrantLock lock = new ReentrantLock();

	private final String epoch = HexFormat.of().toHexDigits(random.nextInt());

	private long offset;

	private long timestamp;

	private boolean retired;

	void lock() {
		this.lock.lock();
	}

	void unlock() {
		this.lock.unlock();
	}

	/** Give the draft the next position and announce it before anybody else gets one. */
	Position append(Draft draft, long now, Consumer<Publication> announce) {
		this.timestamp = Math.max(this.timestamp, now);
		Position position = new Position(this.epoch, ++this.offset);
		announce.accept(new Publication(draft, position, this.timestamp));
		return position;
	}

	/**
	 * Take no more drafts if the last one is older than that; a topic that is retired
	 * stays so.
	 */
	boolean retire(long now, Duration expiry) {
		this.retired = this.retired || now - this.timestamp > expiry.toMillis();
		return this.retired;
	}

	boolean retired() {
		return this.retired;
	}

}
