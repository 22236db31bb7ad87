package dev.fanfare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hold one WebSocket of a {@link Swarm}, down to the bytes: it can stop reading, vanish,
 * and see how the server ends it.
 */
public final class Wire {

	/** What may wait to be written before {@link #send} makes its caller wait. */
	private static final int MOST_PENDING = 64 * 1024;

	private static final int MOST_FRAMES = 10_000;

	/** Frames that are written with one call. */
	private static final int TOGETHER = 64;

	private final Swarm swarm;

	private final SocketChannel channel;

	private final String request;

	private final WireReader reader;

	private final CompletableFuture<WireReader.Handshake> handshake = new CompletableFuture<>();

	private final CompletableFuture<Close> closed = new CompletableFuture<>();

	/** What waits to be written, guarded by itself. */
	private final Deque<ByteBuffer> pending = new ArrayDeque<>();

	private int pendingBytes;

	private SelectionKey key;

	private boolean reading = true;

	private Close close = new Close(1006, "");

	Wire(Swarm swarm, SocketChannel channel, String path, Map<String, String> headers, Listener listener) {
		this.swarm = swarm;
		this.channel = channel;
		this.request = request(swarm.host(), path, headers);
		this.reader = new WireReader(this, listener);
	}

	/** Return how the server answered the request to upgrade. */
	public CompletableFuture<WireReader.Handshake> handshake() {
		return this.handshake;
	}

	/** Return how the connection ended, complete when it has. */
	public CompletableFuture<Close> closed() {
		return this.closed;
	}

	/**
	 * Send a text message, waiting while much is unsent; without waiting on the swarm.
	 */
	public void send(byte[] text) {
		send(0x1, text);
	}

	/** Send a frame of any kind as {@link #send(byte[])} does. */
	public void send(int opCode, byte[] payload) {
		send(frame(0x80 | opCode, payload));
	}

	/** Send a frame with its first byte as given: flags and kind. */
	public void sendFlagged(int first, byte[] payload) {
		send(frame(first, payload));
	}

	/** Send bytes that need not be a WebSocket frame. */
	public void sendRaw(byte[] bytes) {
		send(ByteBuffer.wrap(bytes));
	}

	private void send(ByteBuffer frame) {
		synchronized (this.pending) {
			while ((this.pendingBytes > MOST_PENDING || this.pending.size() > MOST_FRAMES) && !this.swarm.isOwnThread()
					&& !this.closed.isDone()) {
				await();
			}
			this.pending.add(frame);
			this.pendingBytes += frame.remaining();
		}
		this.swarm.execute(this::write);
	}

	/** Write all that is sent meanwhile at once. */
	public void together(Runnable sending) {
		synchronized (this.pending) {
			sending.run();
		}
	}

	/** Begin to close the connection as a client does. */
	public void close(int code) {
		send(0x8, ByteBuffer.allocate(2).putShort((short) code).array());
	}

	/** Read no more; the server's bytes fill the buffers between. */
	public void stopReading() {
		this.swarm.execute(() -> reading(false));
	}

	public void resumeReading() {
		this.swarm.execute(() -> reading(true));
	}

	/** Vanish, with a TCP reset and no word. */
	public void vanish() {
		this.swarm.execute(this::reset);
	}

	void register(Selector selector) {
		try {
			this.key = this.channel.register(selector, SelectionKey.OP_CONNECT, this);
		}
		catch (ClosedChannelException ex) {
			ended();
		}
	}

	void serve(ByteBuffer buffer) {
		try {
			if (this.key.isConnectable()) {
				this.channel.finishConnect();
				this.key.interestOps(SelectionKey.OP_READ);
				this.pending.addFirst(ByteBuffer.wrap(this.request.getBytes(StandardCharsets.US_ASCII)));
				write();
			}
			else {
				if (this.key.isValid() && this.key.isWritable()) {
					write();
				}
				if (this.key.isValid() && this.key.isReadable()) {
					read(buffer);
				}
			}
		}
		catch (IOException ex) {
			ended();
		}
	}

	void answered(WireReader.Handshake answer) {
		this.handshake.complete(answer);
		if (answer.status() != 101) {
			ended();
		}
	}

	/** Note the server's close frame and answer it. */
	void closing(Close close) {
		this.close = close;
		send(0x8, (close.code() == 1005) ? new byte[0] : ByteBuffer.allocate(2).putShort((short) close.code()).array());
	}

	void reset() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// Closed already.
		}
		ended();
	}

	private void read(ByteBuffer buffer) throws IOException {
		buffer.clear();
		this.reader.restore(buffer);
		int count = this.channel.read(buffer);
		buffer.flip();
		this.reader.read(buffer);
		if (count < 0) {
			ended();
		}
	}

	private void write() {
		if (this.key == null || !this.key.isValid() || !this.channel.isConnected()) {
			return;
		}
		synchronized (this.pending) {
			try {
				while (writeSome() > 0 && !this.pending.isEmpty()) {
					// There may be room for more.
				}
				interest(SelectionKey.OP_WRITE, !this.pending.isEmpty());
			}
			catch (IOException ex) {
				this.pending.clear();
				this.pendingBytes = 0;
				interest(SelectionKey.OP_WRITE, false);
			}
			this.pending.notifyAll();
		}
	}

	private int writeSome() throws IOException {
		int written = (int) this.channel.write(this.pending.stream().limit(TOGETHER).toArray(ByteBuffer[]::new));
		this.pendingBytes -= written;
		while (!this.pending.isEmpty() && !this.pending.peek().hasRemaining()) {
			this.pending.remove();
		}
		return written;
	}

	private void reading(boolean wanted) {
		this.reading = wanted;
		if (this.key.isValid() && this.channel.isConnected()) {
			interest(SelectionKey.OP_READ, this.reading);
		}
	}

	private void interest(int operation, boolean wanted) {
		this.key.interestOps(wanted ? this.key.interestOps() | operation : this.key.interestOps() & ~operation);
	}

	private void ended() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.handshake.completeExceptionally(new IOException("The connection ended before it was upgraded"));
		this.closed.complete(this.close);
		synchronized (this.pending) {
			this.pending.notifyAll();
		}
	}

	private void await() {
		try {
			this.pending.wait();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted while sending", ex);
		}
	}

	private static String request(String host, String path, Map<String, String> headers) {
		StringBuilder request = new StringBuilder();
		request.append("GET ").append(path).append(" HTTP/1.1\r\n");
		request.append("Host: ").append(host).append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
		request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
		headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		return request.append("\r\n").toString();
	}

	/** Write a frame whose mask is zero, which leaves the payload as it is. */
	private static ByteBuffer frame(int first, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 65536) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		return frame.putInt(0).put(payload).flip();
	}

	/** Hear what the server sends, on the swarm's thread. */
	@FunctionalInterface
	public interface Listener {

		/**
		 * Take a message.
		 * @param payload from position to limit, in an array that is used again
		 * afterwards
		 */
		void message(Wire wire, boolean text, ByteBuffer payload);

		/** Take the answer to a ping, which says that all sent before was handled. */
		default void pong(byte[] payload) {
		}

	}

	/** Say how a connection ended; 1006 stands for no close frame. */
	public record Close(int code, String reason) {
	}

}
