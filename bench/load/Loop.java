package load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Serve all connections on the caller's thread. */
final class Loop implements AutoCloseable {

	/** Handshakes at a time. */
	private static final int OPENING = 128;

	/** One address has some 28,000 ports, of which those just closed cannot be had. */
	private static final int CONNECTIONS_PER_ADDRESS = 4000;

	private static int opened;

	private final Selector selector;

	private final Flows flows;

	private final Deliveries deliveries;

	private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.LITTLE_ENDIAN);

	private final Consumer<SelectionKey> serve = this::serve;

	private final List<Link> links = new ArrayList<>();

	private int notReady;

	/** Connections that the server has ended. */
	int ended;

	Loop(Flows flows, Deliveries deliveries) {
		this.flows = flows;
		this.deliveries = deliveries;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/** Open connections and wait until all are ready. */
	void open(List<Link> wanted, int receiveBuffer) {
		int next = 0;
		long deadline = System.nanoTime() + 120_000_000_000L;
		while (next < wanted.size() || this.notReady > 0) {
			while (next < wanted.size() && this.notReady < OPENING) {
				open(wanted.get(next++), receiveBuffer);
			}
			turn(100);
			if (this.ended > 0 || System.nanoTime() > deadline) {
				throw new IllegalStateException("%d connections are not ready, %d of %d were ended by the server"
					.formatted(this.notReady, this.ended, wanted.size()));
			}
		}
	}

	private void open(Link link, int receiveBuffer) {
		try {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			int address = 2 + opened++ / CONNECTIONS_PER_ADDRESS % 250;
			channel.bind(new InetSocketAddress("127.0.0." + address, 0));
			link.channel = channel;
			channel.connect(new InetSocketAddress("127.0.0.1", link.port));
			link.key = channel.register(this.selector, SelectionKey.OP_CONNECT, link);
			this.links.add(link);
			this.notReady++;
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot connect to port " + link.port, ex);
		}
	}

	/** Serve until something is so, or the time is over. */
	boolean run(long nanos, BooleanSupplier until) {
		long deadline = System.nanoTime() + nanos;
		while (!until.getAsBoolean()) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			turn(Math.min(50, left / 1_000_000 + 1));
		}
		return true;
	}

	/** Serve for some time in which the flows publish; what is lost does not stop them. */
	void runClosed(long nanos) {
		long deadline = System.nanoTime() + nanos;
		long count = -1;
		long moved = System.nanoTime();
		for (long now = moved; now < deadline; now = System.nanoTime()) {
			turn(50);
			if (this.deliveries.count + this.flows.total() != count) {
				count = this.deliveries.count + this.flows.total();
				moved = now;
			}
			else if (now - moved > 500_000_000L) {
				this.flows.giveUp();
				moved = now;
			}
		}
	}

	/**
	 * Publish at a steady rate, whatever happens: what is sent late counts as sent when it should have been.
	 */
	void runOpen(int flow, double perSecond, long nanos) {
		long begin = System.nanoTime();
		long interval = (long) (1e9 / perSecond);
		for (long due = begin; due - begin < nanos; due += interval) {
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				// The selector knows milliseconds; for what is left after them it is asked at once.
				turn(left / 1_000_000);
			}
			this.flows.publish(flow, due);
			this.flows.flush(flow);
		}
		run(begin + nanos - System.nanoTime(), () -> false);
	}

	/** Serve until nothing has come for a while, or what is waited for. */
	void settle(long quietNanos, BooleanSupplier until) {
		long count = -1;
		while (!until.getAsBoolean() && count != this.deliveries.count) {
			count = this.deliveries.count;
			long before = count;
			run(quietNanos, () -> until.getAsBoolean() || this.deliveries.count != before);
		}
	}

	private void turn(long millis) {
		try {
			if (millis <= 0) {
				this.selector.selectNow(this.serve);
			}
			else {
				this.selector.select(this.serve, millis);
			}
			this.flows.pump();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private void serve(SelectionKey key) {
		Link link = (Link) key.attachment();
		try {
			if (key.isReadable()) {
				read(link);
			}
			else if (key.isConnectable()) {
				link.channel.finishConnect();
				key.interestOps(SelectionKey.OP_READ);
				link.send(link.protocol.opening(link));
				this.notReady -= link.ready ? 1 : 0;
			}
			if (key.isValid() && key.isWritable()) {
				link.flush();
			}
		}
		catch (IOException ex) {
			end(link);
		}
	}

	private void read(Link link) throws IOException {
		boolean wasReady = link.ready;
		this.in.clear();
		link.restore(this.in);
		int read = link.channel.read(this.in);
		this.deliveries.now = System.nanoTime();
		int to = this.in.position();
		int from = link.protocol.read(link, this.in, 0, to, this.deliveries);
		if (from < to) {
			this.in.limit(to);
			link.keep(this.in, from, to);
		}
		if (link.ready && !wasReady) {
			this.notReady--;
		}
		if (read < 0) {
			end(link);
		}
	}

	private void end(Link link) {
		link.close();
		this.ended++;
	}

	/** Close all connections. */
	@Override
	public void close() {
		try {
			this.links.forEach(Link::close);
			this.selector.selectNow();
			this.selector.close();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
