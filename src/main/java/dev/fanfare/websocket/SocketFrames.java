package dev.fanfare.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import dev.fanfare.limits.Kept;
import dev.fanfare.limits.LimitReached;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;

/**
 * Hand the frames of one WebSocket to its handler, as whole messages.
 * <p>
 * Jetty calls with one frame at a time, and with the next when that is done, so a handler
 * that waits is not read for.
 */
final class SocketFrames implements FrameHandler {

	/**
	 * What a frame takes beside its bytes, about: a flood of empty ones takes time too.
	 */
	private static final int OVERHEAD_BYTES = 64;

	private final WebSocketHandler handler;

	private final SocketSession session;

	/** What came of a message whose end is in another frame, and of which kind it is. */
	private @Nullable ByteArrayOutputStream begun;

	/** What the node keeps of it. */
	private final Kept kept;

	private boolean text;

	private boolean ended;

	SocketFrames(WebSocketHandler handler, SocketSession session) {
		this.handler = handler;
		this.session = session;
		this.kept = session.seat().keeps();
	}

	@Override
	public void onOpen(CoreSession core, Callback callback) {
		this.session.initializeNativeSession(core);
		try {
			this.handler.afterConnectionEstablished(this.session);
			callback.succeeded();
			core.demand();
		}
		catch (Exception ex) {
			callback.failed(ex);
		}
	}

	@Override
	public void onFrame(Frame frame, Callback callback) {
		try {
			if (frame.getOpCode() != OpCode.CLOSE && !isAllowed(frame)) {
				// Dropped, and the client's answer to the close frame is read.
				next(callback).succeeded();
				return;
			}
			switch (frame.getOpCode()) {
				case OpCode.CLOSE -> {
					end(org.eclipse.jetty.websocket.core.CloseStatus.getCloseStatus(frame));
					// Jetty answers it now, and reads no more.
					callback.succeeded();
				}
				case OpCode.PING -> this.session.getNativeSession()
					.sendFrame(new Frame(OpCode.PONG, frame.getPayload()), next(callback), false);
				case OpCode.PONG -> {
					this.handler.handleMessage(this.session, new PongMessage(ByteBuffer.wrap(bytes(frame))));
					next(callback).succeeded();
				}
				default -> {
					WebSocketMessage<?> message = message(frame);
					if (message != null) {
						this.handler.handleMessage(this.session, message);
					}
					next(callback).succeeded();
				}
			}
		}
		catch (Exception ex) {
			callback.failed(ex);
		}
	}

	@Override
	public void onError(Throwable cause, Callback callback) {
		try {
			this.handler.handleTransportError(this.session, cause);
			callback.succeeded();
		}
		catch (Exception ex) {
			callback.failed(ex);
		}
	}

	@Override
	public void onClosed(org.eclipse.jetty.websocket.core.CloseStatus status, Callback callback) {
		try {
			end(status);
			callback.succeeded();
		}
		catch (Exception ex) {
			callback.failed(ex);
		}
		finally {
			this.kept.close();
			this.session.seat().close();
		}
	}

	/**
	 * Count the bytes of a frame, which may take a while, and close the connection where
	 * there are too many.
	 */
	private boolean isAllowed(Frame frame) {
		try {
			this.session.seat().receives(frame.getPayloadLength() + OVERHEAD_BYTES);
			if (this.begun != null || !frame.isFin()) {
				this.kept.is(size(frame));
			}
			return true;
		}
		catch (LimitReached refusal) {
			String text = CloseReason.LIMIT_REACHED.text() + ": " + refusal.limit();
			Outbox outbox = this.session.outbox();
			if (outbox != null) {
				outbox.close(CloseReason.LIMIT_REACHED, text);
			}
			else {
				this.session.getNativeSession().close(CloseReason.LIMIT_REACHED.code(), text, Callback.NOOP);
			}
			return false;
		}
	}

	/** Tell the handler of the end, when the client says so or the socket is gone. */
	private void end(org.eclipse.jetty.websocket.core.CloseStatus status) throws Exception {
		if (!this.ended) {
			this.ended = true;
			this.handler.afterConnectionClosed(this.session, new CloseStatus(status.getCode(), status.getReason()));
		}
	}

	/**
	 * Return a callback that asks for the next frame; a client that is gone has none, and
	 * failing to answer its ping is nothing to tell.
	 */
	private Callback next(Callback callback) {
		return Callback.from(() -> {
			callback.succeeded();
			this.session.getNativeSession().demand();
		}, (failure) -> callback.succeeded());
	}

	/** Return the message that ends with this frame, if one does. */
	private @Nullable WebSocketMessage<?> message(Frame frame) {
		if (frame.getOpCode() != OpCode.CONTINUATION) {
			this.text = frame.getOpCode() == OpCode.TEXT;
		}
		requireAllowed(size(frame));
		byte[] bytes = bytes(frame);
		if (this.begun == null && frame.isFin()) {
			return message(bytes);
		}
		if (this.begun == null) {
			this.begun = new ByteArrayOutputStream(bytes.length);
		}
		this.begun.writeBytes(bytes);
		if (!frame.isFin()) {
			return null;
		}
		bytes = this.begun.toByteArray();
		this.begun = null;
		this.kept.is(0);
		return message(bytes);
	}

	/** Return the size of the message so far, with this frame. */
	private int size(Frame frame) {
		return frame.getPayloadLength() + ((this.begun != null) ? this.begun.size() : 0);
	}

	private WebSocketMessage<?> message(byte[] bytes) {
		if (!this.text) {
			return new BinaryMessage(bytes);
		}
		if (!Payload.isUtf8(bytes)) {
			throw new BadPayloadException("Text that is not UTF-8");
		}
		return new TextMessage(bytes);
	}

	private void requireAllowed(int size) {
		CoreSession core = this.session.getNativeSession();
		long most = this.text ? core.getMaxTextMessageSize() : core.getMaxBinaryMessageSize();
		if (most > 0 && size > most) {
			throw new MessageTooLargeException("A message of %d bytes or more; at most %d are allowed (%s)"
				.formatted(size, most, "fanfare.websocket.max-message"));
		}
	}

	private static byte[] bytes(Frame frame) {
		ByteBuffer payload = frame.getPayload();
		if (payload == null) {
			return new byte[0];
		}
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		return bytes;
	}

}
