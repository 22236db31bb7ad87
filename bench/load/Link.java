package load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Keep the state of one connection. */
final class Link {

	final Protocol protocol;

	/** What it subscribes to, or publishes to where it can be only one. */
	final String topic;

	final boolean subscribes;

	final int port;

	SocketChannel channel;

	SelectionKey key;

	/** Where its protocol stands before it is ready. */
	int stage;

	boolean ready;

	boolean closed;

	/** The first of the flows that it should hear, and how many they are. */
	int firstFlow;

	int flows;

	/** Where the next sequence numbers of its flows are. */
	int streams;

	/** Publications received. */
	long received;

	/** The beginning of a message whose end has not come; empty otherwise. */
	private ByteBuffer rest;

	private ByteBuffer out;

	Link(Protocol protocol, int port, String topic, boolean subscribes) {
		this.protocol = protocol;
		this.port = port;
		this.topic = topic;
		this.subscribes = subscribes;
	}

	/** Hear these flows. */
	Link hears(int firstFlow, int flows) {
		this.firstFlow = firstFlow;
		this.flows = flows;
		return this;
	}

	/** Send as soon as may be what must have room. */
	void send(byte[] bytes) {
		if (!put(bytes)) {
			throw new IllegalStateException("A connection does not take %d bytes".formatted(bytes.length));
		}
		flush();
	}

	/**
	 * Add to what the next flush sends.
	 * @return whether there was room
	 */
	boolean put(byte[] bytes) {
		reserve(Math.max(1024, bytes.length));
		if (this.out.remaining() < bytes.length) {
			flush();
			if (this.out.remaining() < bytes.length) {
				return false;
			}
		}
		this.out.put(bytes);
		return true;
	}

	/** Have room for so many bytes to send. */
	void reserve(int bytes) {
		if (this.out == null || this.out.capacity() < bytes) {
			ByteBuffer larger = ByteBuffer.allocateDirect(bytes);
			if (this.out != null) {
				larger.put(this.out.flip());
			}
			this.out = larger;
		}
	}

	/** Write what the network takes, and the rest when it takes more. */
	void flush() {
		if (this.out == null || this.out.position() == 0 || this.closed) {
			return;
		}
		try {
			this.out.flip();
			this.channel.write(this.out);
			int wanted = this.out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
			this.out.compact();
			if (this.key.interestOps() != wanted) {
				this.key.interestOps(wanted);
			}
		}
		catch (IOException ex) {
			System.err.println("    a connection does not take more: " + ex.getMessage());
			close();
		}
	}

	/** Put the beginning of an incomplete message where more of it is read to. */
	void restore(ByteBuffer in) {
		if (this.rest != null && this.rest.position() > 0) {
			in.put(this.rest.flip());
			this.rest.clear();
		}
	}

	/** Keep the beginning of an incomplete message. */
	void keep(ByteBuffer in, int from, int to) {
		int length = to - from;
		if (this.rest == null || this.rest.capacity() < length) {
			this.rest = ByteBuffer.allocateDirect(Math.max(512, Integer.highestOneBit(length) * 2));
		}
		this.rest.clear();
		this.rest.put(0, in, from, length).position(length);
	}

	/** Read no more. */
	void getStuck() {
		if (!this.closed) {
			this.key.interestOps(0);
		}
	}

	void close() {
		this.closed = true;
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

}
