package dev.fanfare.websocket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import dev.fanfare.limits.Seat;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.adapter.AbstractWebSocketSession;

/**
 * Be Spring's session on top of Jetty's core, with nothing in between.
 * <p>
 * There are many and most of them are quiet, so what is seldom asked for is made when it
 * is.
 */
final class SocketSession extends AbstractWebSocketSession<CoreSession> {

	private final String id = idGenerator.generateId().toString();

	private final @Nullable Principal user;

	/**
	 * The headers of the handshake as lines, a small part of what a map of them takes.
	 */
	private final String headers;

	private final InetSocketAddress remote;

	private final Seat seat;

	private volatile @Nullable Outbox outbox;

	/**
	 * Begin with what the handshake told.
	 * @param remote where the client is, as the server or its proxy says
	 * @param seat closed when the socket is
	 */
	SocketSession(Map<String, Object> attributes, @Nullable Principal user, HttpHeaders headers,
			InetSocketAddress remote, Seat seat) {
		super(attributes);
		this.user = user;
		this.remote = remote;
		this.seat = seat;
		this.headers = headers.headerSet()
			.stream()
			.flatMap((header) -> header.getValue().stream().map((value) -> header.getKey() + ':' + value))
			.collect(Collectors.joining("\n"));
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public URI getUri() {
		URI uri = getNativeSession().getRequestURI();
		return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme())
				? URI.create("ws" + uri.toString().substring("http".length())) : uri;
	}

	@Override
	public HttpHeaders getHandshakeHeaders() {
		HttpHeaders lines = new HttpHeaders();
		this.headers.lines().forEach((line) -> {
			int colon = line.indexOf(':');
			lines.add(line.substring(0, colon), line.substring(colon + 1));
		});
		return HttpHeaders.readOnlyHttpHeaders(lines);
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return this.user;
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		return (InetSocketAddress) getNativeSession().getLocalAddress();
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return this.remote;
	}

	Seat seat() {
		return this.seat;
	}

	/** Return what is sent with, once its handler has opened that. */
	@Nullable Outbox outbox() {
		return this.outbox;
	}

	void sendsWith(Outbox opened) {
		this.outbox = opened;
	}

	@Override
	public @Nullable String getAcceptedProtocol() {
		return getNativeSession().getNegotiatedSubProtocol();
	}

	@Override
	public List<WebSocketExtension> getExtensions() {
		return getNativeSession().getNegotiatedExtensions()
			.stream()
			.map((extension) -> new WebSocketExtension(extension.getName(), extension.getParameters()))
			.toList();
	}

	@Override
	public void setTextMessageSizeLimit(int limit) {
		getNativeSession().setMaxTextMessageSize(limit);
	}

	@Override
	public int getTextMessageSizeLimit() {
		return (int) getNativeSession().getMaxTextMessageSize();
	}

	@Override
	public void setBinaryMessageSizeLimit(int limit) {
		getNativeSession().setMaxBinaryMessageSize(limit);
	}

	@Override
	public int getBinaryMessageSizeLimit() {
		return (int) getNativeSession().getMaxBinaryMessageSize();
	}

	@Override
	public boolean isOpen() {
		return getNativeSession().isOutputOpen();
	}

	@Override
	protected void sendTextMessage(TextMessage message) throws IOException {
		send(OpCode.TEXT, ByteBuffer.wrap(message.asBytes()));
	}

	@Override
	protected void sendBinaryMessage(BinaryMessage message) throws IOException {
		send(OpCode.BINARY, message.getPayload());
	}

	@Override
	protected void sendPingMessage(PingMessage message) throws IOException {
		send(OpCode.PING, message.getPayload());
	}

	@Override
	protected void sendPongMessage(PongMessage message) throws IOException {
		send(OpCode.PONG, message.getPayload());
	}

	@Override
	protected void closeInternal(CloseStatus status) throws IOException {
		Callback.Completable closed = new Callback.Completable();
		getNativeSession().close(status.getCode(), status.getReason(), closed);
		await(closed);
	}

	private void send(byte code, ByteBuffer payload) throws IOException {
		Callback.Completable sent = new Callback.Completable();
		getNativeSession().sendFrame(new Frame(code, payload), sent, false);
		await(sent);
	}

	private static void await(Callback.Completable done) throws IOException {
		try {
			done.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while the network took a message");
		}
	}

}
