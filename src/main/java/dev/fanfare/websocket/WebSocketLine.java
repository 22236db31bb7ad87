package dev.fanfare.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.OutgoingFrames;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * Send to one WebSocket, straight to its socket.
 * <p>
 * What Fanfare sends is complete frames, which need nothing of what Jetty does for a
 * frame. So the line takes its place between Jetty's session and Jetty's flusher, and has
 * one of them write at a time: <pre>
 *   lane   --send-------&gt;  line  ---------------&gt;  socket
 *   Jetty  --sendFrame--&gt;  line  --&gt;  flusher  --&gt;  socket     (pongs, close frames, other handlers)
 * </pre> What comes while something is being written waits: Fanfare's as much as the
 * {@link Outbox} allows, of Jetty's a frame or two, since it reads no further before its
 * answer is written. Waiting and writing are guarded by this object's monitor, which is
 * held for a few instructions; nothing is called within it.
 */
final class WebSocketLine implements Line, OutgoingFrames {

	/** A ping without a payload (RFC 6455, 5.5.2). */
	private static final Payload PING = new Payload(ByteBuffer.wrap(new byte[] { (byte) 0x89, 0 }), 1);

	private final WebSocketCoreSession session;

	private final EndPoint socket;

	/**
	 * The same where nothing lies between, neither TLS nor an idle timeout that would
	 * have to know: one buffer costs less than many, even if it is alone.
	 */
	private final @Nullable SocketChannel channel;

	private final OutgoingFrames flusher;

	private final Deque<Output> waiting = new ArrayDeque<>(2);

	private boolean writing;

	private boolean ended;

	private WebSocketLine(WebSocketCoreSession session, OutgoingFrames flusher) {
		this.session = session;
		this.socket = session.getConnection().getEndPoint();
		this.channel = (this.socket instanceof SocketChannelEndPoint plain && plain.getIdleTimeout() <= 0)
				? plain.getChannel() : null;
		this.flusher = flusher;
	}

	/**
	 * Take the place before Jetty's flusher; to be called before anything is sent, as
	 * when the connection is opened.
	 */
	static WebSocketLine before(WebSocketCoreSession session) {
		ExtensionStack stack = session.getExtensionStack();
		if (!stack.hasNegotiatedExtensions()) {
			WebSocketLine line = new WebSocketLine(session, stack.getNextOutgoing());
			stack.initialize(stack.getNextIncoming(), line, session);
			return line;
		}
		// The first is the one next to the flusher.
		AbstractExtension last = (AbstractExtension) stack.getExtensions().getFirst();
		WebSocketLine line = new WebSocketLine(session, last.getNextOutgoing());
		last.setNextOutgoingFrames(line);
		return line;
	}

	@Override
	public void send(List<Payload> payloads, Callback sent) {
		List<Payload> joined = Payload.joined(payloads);
		ByteBuffer[] buffers = new ByteBuffer[joined.size()];
		for (int at = 0; at < buffers.length; at++) {
			// A slice for each connection: writing moves its position.
			buffers[at] = joined.get(at).bytes().slice();
		}
		write(new Bytes(buffers, sent));
	}

	@Override
	public boolean compresses() {
		return this.session.isRsv1Used();
	}

	@Override
	public void ping() {
		send(List.of(PING), Callback.NOOP);
	}

	@Override
	public void close(CloseReason reason, int code, String text) {
		this.session.close(code, text, Callback.NOOP);
	}

	@Override
	public void abort() {
		this.session.abort();
	}

	/** Pass a frame of Jetty's on when nothing else is being written. */
	@Override
	public void sendFrame(OutgoingEntry entry) {
		if (entry.getFrame().getOpCode() == OpCode.CLOSE) {
			end(CloseStatus.getCloseStatus(entry.getFrame()).isAbnormal());
		}
		write(new JettysFrame(entry));
	}

	private void write(Output output) {
		switch (arrive(output)) {
			case NOW -> writeOn(output);
			case NEVER -> output.sent().failed(new ClosedChannelException());
			case LATER -> {
				// Whoever writes now takes it.
			}
		}
	}

	private synchronized Turn arrive(Output output) {
		if (this.ended && output instanceof Bytes) {
			return Turn.NEVER;
		}
		if (!this.writing) {
			this.writing = true;
			return Turn.NOW;
		}
		// A pong is not for the end of the queue (RFC 6455, 5.5.2).
		if (output.isUrgent()) {
			this.waiting.addFirst(output);
		}
		else {
			this.waiting.addLast(output);
		}
		return Turn.LATER;
	}

	/** Write what waits, one after the other, for as long as the socket takes it. */
	private void writeOn(@Nullable Output first) {
		Output next = first;
		while (next != null && next.write()) {
			next = next();
		}
	}

	/** Take what is next: all of Fanfare's that waits together, or one of Jetty's. */
	private synchronized @Nullable Output next() {
		Output next = this.waiting.poll();
		if (next == null) {
			this.writing = false;
			return null;
		}
		if (next instanceof Bytes && this.waiting.peek() instanceof Bytes) {
			List<Bytes> together = new ArrayList<>(List.of((Bytes) next));
			while (this.waiting.peek() instanceof Bytes) {
				together.add((Bytes) this.waiting.remove());
			}
			return Bytes.together(this, together);
		}
		return next;
	}

	/** Take nothing of Fanfare's any more, and drop what waits where that is wanted. */
	private void end(boolean drop) {
		List<Output> dropped = new ArrayList<>();
		synchronized (this) {
			this.ended = true;
			if (drop) {
				this.waiting.removeIf((output) -> output instanceof Bytes && dropped.add(output));
			}
		}
		dropped.forEach((output) -> output.sent().failed(new ClosedChannelException()));
	}

	/** Have the socket take as much as it does, and tell whether that is all. */
	private boolean flush(ByteBuffer[] buffers) throws IOException {
		if (this.channel == null || buffers.length > 1) {
			return this.socket.flush(buffers);
		}
		this.channel.write(buffers[0]);
		return !buffers[0].hasRemaining();
	}

	private void fail(Throwable cause) {
		end(true);
		this.socket.close(cause);
	}

	/** Say when something is written. */
	private enum Turn {

		NOW, LATER, NEVER

	}

	/** Be written, on any thread, while nothing else is. */
	private sealed interface Output {

		/** Return what is told of it. */
		Callback sent();

		/** Tell whether it goes before the others. */
		boolean isUrgent();

		/**
		 * Write.
		 * @return whether it was written; if not, {@link #writeOn} is called when it is
		 */
		boolean write();

	}

	/** Hold complete frames. */
	private final class Bytes implements Output, Callback {

		private final ByteBuffer[] buffers;

		private final Callback sent;

		private Bytes(ByteBuffer[] buffers, Callback sent) {
			this.buffers = buffers;
			this.sent = sent;
		}

		private static Bytes together(WebSocketLine line, List<Bytes> parts) {
			ByteBuffer[] buffers = parts.stream()
				.flatMap((part) -> Arrays.stream(part.buffers))
				.toArray(ByteBuffer[]::new);
			return line.new Bytes(buffers, Callback.from(() -> parts.forEach((part) -> part.sent.succeeded()),
					(cause) -> parts.forEach((part) -> part.sent.failed(cause))));
		}

		@Override
		public Callback sent() {
			return this.sent;
		}

		@Override
		public boolean isUrgent() {
			return false;
		}

		@Override
		public boolean write() {
			try {
				if (flush(this.buffers)) {
					this.sent.succeeded();
					return true;
				}
				WebSocketLine.this.socket.write(this, this.buffers);
			}
			catch (IOException | RuntimeException ex) {
				failed(ex);
			}
			return false;
		}

		@Override
		public void succeeded() {
			this.sent.succeeded();
			writeOn(next());
		}

		@Override
		public void failed(Throwable cause) {
			this.sent.failed(cause);
			fail(cause);
			writeOn(next());
		}

	}

	/** Hold a frame that Jetty's flusher is to write. */
	private final class JettysFrame implements Output {

		private final OutgoingEntry entry;

		private JettysFrame(OutgoingEntry entry) {
			this.entry = entry;
		}

		@Override
		public Callback sent() {
			return this.entry.getCallback();
		}

		@Override
		public boolean isUrgent() {
			byte code = this.entry.getFrame().getOpCode();
			return code == OpCode.PING || code == OpCode.PONG;
		}

		@Override
		public boolean write() {
			// Not batched: it would stay in the flusher while others overtake it.
			WebSocketLine.this.flusher.sendFrame(new OutgoingEntry.Builder(this.entry).batch(false)
				.callback(Callback.from(this.entry.getCallback(), () -> writeOn(next())))
				.build());
			return false;
		}

	}

}
