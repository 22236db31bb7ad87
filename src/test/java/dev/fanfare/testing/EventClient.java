package dev.fanfare.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Read a stream of events as the HTML standard says, down to the bytes: it can stop
 * reading, vanish, and see how the server ends it.
 */
public final class EventClient implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 60;

	private static final int BLOCK = 4096;

	private final Socket socket = new Socket();

	private final Consumer<Event> listener;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final AtomicInteger comments = new AtomicInteger();

	private final CompletableFuture<Head> head = new CompletableFuture<>();

	private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition goesOn = this.lock.newCondition();

	private boolean paused;

	/** What the server says to send on coming back; nothing until it says so. */
	private volatile String lastId = "";

	private volatile long retry = -1;

	// The event so far.
	private final StringBuilder data = new StringBuilder();

	private String id = "";

	private String type = "";

	private final StringBuilder fields = new StringBuilder();

	private EventClient(int port, int receiveBuffer, Consumer<Event> listener) {
		this.listener = listener;
		try {
			if (receiveBuffer > 0) {
				this.socket.setReceiveBufferSize(receiveBuffer);
			}
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ask for a stream and keep its events. */
	public static EventClient open(int port, String path, Map<String, String> headers) {
		return open(port, path, headers, 0, (event) -> {
		});
	}

	/**
	 * Ask for a stream with a receive buffer of so many bytes, 0 to leave it as it is.
	 * @param listener told of each event beside its being kept
	 */
	public static EventClient open(int port, String path, Map<String, String> headers, int receiveBuffer,
			Consumer<Event> listener) {
		EventClient client = new EventClient(port, receiveBuffer, listener);
		StringBuilder request = new StringBuilder("GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(path));
		headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		try {
			client.socket.getOutputStream()
				.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofVirtual().name("event-client").start(client::run);
		return client;
	}

	/** Wait for the status and the headers. */
	public Head head() {
		return this.head.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	public List<Event> events() {
		return this.events;
	}

	/** Return how many comments came. */
	public int comments() {
		return this.comments.get();
	}

	/** Return the id with which a browser would come back. */
	public String lastId() {
		return this.lastId;
	}

	/**
	 * Return after how many milliseconds a browser would come back, -1 where not said.
	 */
	public long retry() {
		return this.retry;
	}

	/** Complete when the stream has ended: whether properly, or by a cut. */
	public CompletableFuture<Boolean> ended() {
		return this.ended;
	}

	/** Read no more; the server's bytes fill the buffers between. */
	public void stopReading() {
		this.lock.lock();
		this.paused = true;
		this.lock.unlock();
	}

	public void resumeReading() {
		this.lock.lock();
		this.paused = false;
		this.goesOn.signalAll();
		this.lock.unlock();
	}

	/**
	 * Vanish, with a TCP reset and no word, and hear nothing from then on; again does
	 * nothing.
	 */
	@Override
	public void close() {
		try {
			if (!this.socket.isClosed()) {
				this.socket.setSoLinger(true, 0);
				this.socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		resumeReading();
		// A socket that is closed while it is read can still take what comes just then.
		this.ended.join();
	}

	private void run() {
		try (InputStream in = new BufferedInputStream(this.socket.getInputStream(), 4096)) {
			Head answered = new Head(line(in), headers(in));
			this.head.complete(answered);
			if (answered.status() == 200) {
				readChunks(in);
			}
			this.ended.complete(true);
		}
		catch (IOException | InterruptedException ex) {
			this.head.completeExceptionally(ex);
			this.ended.complete(false);
		}
	}

	private void readChunks(InputStream in) throws IOException, InterruptedException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int size = Integer.parseInt(line(in), 16);
		while (size > 0) {
			for (int left = size; left > 0; left -= BLOCK) {
				awaitReading();
				byte[] block = in.readNBytes(Math.min(left, BLOCK));
				if (block.length < Math.min(left, BLOCK)) {
					throw new EOFException();
				}
				read(block, line);
			}
			line(in);
			size = Integer.parseInt(line(in), 16);
		}
	}

	private void read(byte[] block, ByteArrayOutputStream line) {
		int start = 0;
		for (int at = 0; at < block.length; at++) {
			if (block[at] == '\n') {
				line.write(block, start, at - start);
				field(line.toString(StandardCharsets.UTF_8));
				line.reset();
				start = at + 1;
			}
		}
		line.write(block, start, block.length - start);
	}

	private void awaitReading() throws InterruptedException {
		this.lock.lock();
		try {
			while (this.paused) {
				this.goesOn.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Take a line as the standard's "interpreting an event stream" has it. */
	private void field(String line) {
		if (line.isEmpty()) {
			dispatch();
			return;
		}
		int colon = line.indexOf(':');
		if (colon == 0) {
			this.comments.incrementAndGet();
			return;
		}
		String name = (colon < 0) ? line : line.substring(0, colon);
		String value = (colon < 0) ? "" : line.substring(colon + 1);
		value = value.startsWith(" ") ? value.substring(1) : value;
		switch (name) {
			case "event" -> this.type = value;
			case "data" -> this.data.append(value).append('\n');
			case "id" -> this.id = value;
			case "retry" -> this.retry = Long.parseLong(value);
			default -> this.fields.append(line).append('\n');
		}
	}

	private void dispatch() {
		this.lastId = this.id;
		if (!this.data.isEmpty()) {
			this.data.setLength(this.data.length() - 1);
			Event event = new Event(this.type.isEmpty() ? "message" : this.type, this.id, this.data.toString(),
					this.fields.toString());
			this.events.add(event);
			this.listener.accept(event);
		}
		this.data.setLength(0);
		this.fields.setLength(0);
		this.type = "";
	}

	private static String headers(InputStream in) throws IOException {
		StringBuilder headers = new StringBuilder();
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			headers.append(line).append('\n');
		}
		return headers.toString();
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException();
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	/** Hold the status line and the headers of an answer. */
	public record Head(String statusLine, String headers) {

		public int status() {
			return Integer.parseInt(this.statusLine.substring(9, 12));
		}

	}

	/**
	 * Hold an event.
	 *
	 * @param fields lines that a browser passes over
	 */
	public record Event(String type, String id, String data, String fields) {

		public long offset() {
			return Long.parseLong(this.id.substring(this.id.indexOf(':') + 1));
		}

	}

}
