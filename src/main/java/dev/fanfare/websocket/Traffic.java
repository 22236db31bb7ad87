package dev.fanfare.websocket;

import java.util.concurrent.atomic.LongAdder;

/**
 * Count what the connections of one kind have carried that have ended: what the network
 * has taken, and what came. Those that are open have counters of their own, which cost
 * their threads less.
 *
 * @param kind which kind
 * @param opened connections, of which some may have ended
 * @param sentMessages messages, heart-beats among them
 * @param sentBytes the same with all that frames them
 * @param receivedMessages messages of clients
 * @param receivedBytes their payloads
 */
record Traffic(ConnectionKind kind, LongAdder opened, LongAdder sentMessages, LongAdder sentBytes,
		LongAdder receivedMessages, LongAdder receivedBytes) {

	Traffic(ConnectionKind kind) {
		this(kind, new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
	}

	/** Add what a connection has carried. */
	void add(Outbox ended) {
		this.sentMessages.add(ended.sentMessages());
		this.sentBytes.add(ended.sentBytes());
		this.receivedMessages.add(ended.receivedMessages());
		this.receivedBytes.add(ended.receivedBytes());
	}

}
