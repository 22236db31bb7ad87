package dev.fanfare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * Run any number of WebSocket connections on one thread, so that the load a test makes is
 * not what limits it.
 * <p>
 * All that the connections hear is handed over on that thread.
 */
public final class Swarm implements AutoCloseable {

	private static final int SEND_BUFFER = 64 * 1024;

	private volatile InetSocketAddress server;

	/** Where connections come from; anywhere if it is null. */
	private final @Nullable InetSocketAddress from;

	private final Selector selector;

	private final Thread thread;

	/** What is to be done on the thread. */
	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

	private volatile boolean running = true;

	/** Be ready to connect to a server on this machine. */
	public Swarm(int port) {
		this("localhost", port);
	}

	/** Be ready to connect to any server. */
	public Swarm(String host, int port) {
		this(new InetSocketAddress(host, port), null);
	}

	private Swarm(InetSocketAddress server, @Nullable InetSocketAddress from) {
		this.server = server;
		this.from = from;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread = Thread.ofPlatform().daemon().name("swarm").start(this::run);
	}

	/** Be ready to connect to a server on this machine, from one of its addresses. */
	public static Swarm from(String address, int port) {
		return new Swarm(new InetSocketAddress("127.0.0.1", port), new InetSocketAddress(address, 0));
	}

	/** Open connections to another port of the server's machine from now on. */
	public void turnTo(int port) {
		this.server = new InetSocketAddress(this.server.getHostString(), port);
	}

	/** Return the server's name and port. */
	public String host() {
		return this.server.getHostString() + ":" + this.server.getPort();
	}

	/** Begin to open a connection; its handshake tells how that went. */
	public Wire open(String path, Map<String, String> headers, Wire.Listener listener) {
		return open(path, headers, 0, listener);
	}

	/** Open a connection with a receive buffer of so many bytes; 0 leaves it as it is. */
	public Wire open(String path, Map<String, String> headers, int receiveBuffer, Wire.Listener listener) {
		try {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			// What a publisher has on the way shall be the server's doing, not this
			// machine's.
			channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			if (this.from != null) {
				channel.bind(this.from);
			}
			channel.connect(this.server);
			Wire wire = new Wire(this, channel, path, headers, listener);
			execute(() -> wire.register(this.selector));
			return wire;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Run something on the thread of the connections. */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (Thread.currentThread() != this.thread) {
			this.selector.wakeup();
		}
	}

	boolean isOwnThread() {
		return Thread.currentThread() == this.thread;
	}

	private void run() {
		try (this.selector) {
			while (this.running) {
				this.selector.select(this::serve);
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
			}
			for (SelectionKey key : List.copyOf(this.selector.keys())) {
				((Wire) key.attachment()).reset();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(SelectionKey key) {
		((Wire) key.attachment()).serve(this.buffer);
	}

	/** Cut off all connections. */
	@Override
	public void close() {
		this.running = false;
		this.selector.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
