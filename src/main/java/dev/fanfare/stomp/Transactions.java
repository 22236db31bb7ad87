package dev.fanfare.stomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.ErrorType;

/**
 * Keep the frames of one connection's open transactions until they are committed or
 * aborted.
 * <p>
 * For the connection's thread alone. Bounded by the number of transactions, and by the
 * frames and bytes of each; what is open when the connection ends is forgotten with it
 * (STOMP 1.2, BEGIN).
 */
final class Transactions {

	private final StompProperties limits;

	/** What a frame takes beside its bytes, about. */
	private static final int OVERHEAD_BYTES = 256;

	private final Map<String, Open> open = new HashMap<>();

	Transactions(StompProperties limits) {
		this.limits = limits;
	}

	void begin(String name) {
		if (this.open.containsKey(name)) {
			throw new ProtocolViolation(ErrorType.DUPLICATE_TRANSACTION,
					"Transaction '%s' has begun; COMMIT or ABORT it first or choose another name.".formatted(name));
		}
		if (this.open.size() >= this.limits.maxTransactions()) {
			throw new ProtocolViolation(ErrorType.TOO_MANY_TRANSACTIONS,
					"A connection may have %d open transactions at most (fanfare.stomp.max-transactions)."
						.formatted(this.limits.maxTransactions()));
		}
		this.open.put(name, new Open());
	}

	/**
	 * Add a frame to its transaction, which is aborted if it becomes too large.
	 * @throws ProtocolViolation if the transaction has not begun, or is too large
	 */
	void add(String name, StompFrame frame) {
		Open transaction = require(name);
		transaction.frames.add(frame);
		transaction.bytes += frame.size();
		if (transaction.frames.size() > this.limits.maxTransactionFrames()
				|| transaction.bytes > this.limits.maxTransactionBytes().toBytes()) {
			this.open.remove(name);
			throw new ProtocolViolation(ErrorType.TRANSACTION_TOO_LARGE,
					("Transaction '%s' has more than %d frames or %d bytes (fanfare.stomp.max-transaction-frames, "
							+ "max-transaction-bytes) and is aborted.")
						.formatted(name, this.limits.maxTransactionFrames(),
								this.limits.maxTransactionBytes().toBytes()));
		}
	}

	/**
	 * End a transaction and return its frames in the order sent.
	 * @throws ProtocolViolation if it has not begun
	 */
	List<StompFrame> end(String name) {
		Open ended = require(name);
		this.open.remove(name);
		return ended.frames;
	}

	/** Return how many bytes are kept, about. */
	long size() {
		long size = 0;
		for (Open each : this.open.values()) {
			size += each.bytes + (long) OVERHEAD_BYTES * each.frames.size();
		}
		return size;
	}

	private Open require(String name) {
		Open transaction = this.open.get(name);
		if (transaction == null) {
			throw new ProtocolViolation(ErrorType.UNKNOWN_TRANSACTION,
					"Transaction '%s' has not begun on this connection.".formatted(name));
		}
		return transaction;
	}

	private static final class Open {

		private final List<StompFrame> frames = new ArrayList<>();

		private long bytes;

	}

}
