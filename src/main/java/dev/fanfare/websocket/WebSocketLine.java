package dev.fanfare.websocket;

import java.nio.ByteBuffer;
import java.util.List;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Send each payload as one message of a WebSocket, or as those that are laid out in it.
 */
final class WebSocketLine implements Line {

	private final CoreSession session;

	WebSocketLine(CoreSession session) {
		this.session = session;
	}

	@Override
	public void send(List<Payload> payloads, Callback sent) {
		List<Payload> joined = Payload.joined(payloads);
		for (Payload payload : joined.subList(0, joined.size() - 1)) {
			this.session.sendFrame(new Frames(payload), Callback.NOOP, false);
		}
		this.session.sendFrame(new Frames(joined.getLast()), sent, false);
	}

	@Override
	public void ping() {
		this.session.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
	}

	@Override
	public void close(CloseReason reason, String text) {
		this.session.close(reason.code(), text, Callback.NOOP);
	}

	@Override
	public void abort() {
		this.session.abort();
	}

	/**
	 * Pass for the first of several frames, with the others behind its payload.
	 * <p>
	 * Jetty writes a header for as long a payload as this says, and then all bytes there
	 * are. That holds as long as no extension takes frames apart (none is negotiated, see
	 * {@link JettyConfiguration}), the frame is not batched (Jetty would copy it), and
	 * none is longer than Jetty's longest frame.
	 */
	private static final class Frames extends Frame {

		private final int length;

		Frames(Payload payload) {
			// A slice for each connection: Jetty moves its position while writing.
			super(payload.text() ? OpCode.TEXT : OpCode.BINARY, slice(payload));
			this.length = payload.length();
		}

		private static ByteBuffer slice(Payload payload) {
			return payload.bytes().slice();
		}

		@Override
		public int getPayloadLength() {
			return this.length;
		}

	}

}
