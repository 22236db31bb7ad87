package dev.fanfare.websocket;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/** Send each payload as one message of a WebSocket. */
final class WebSocketLine implements Line {

	private final CoreSession session;

	WebSocketLine(CoreSession session) {
		this.session = session;
	}

	@Override
	public void send(Payload payload, Callback sent, boolean batch) {
		// A slice for each connection: Jetty moves its position while writing.
		this.session.sendFrame(new Frame(payload.text() ? OpCode.TEXT : OpCode.BINARY, payload.bytes().slice()), sent,
				batch);
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

}
