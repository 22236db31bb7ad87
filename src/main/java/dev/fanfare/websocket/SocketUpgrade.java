package dev.fanfare.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.fanfare.limits.LimitReached;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Seat;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreResponse;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.context.ServletContextAware;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Upgrade requests to WebSockets of Jetty's core, where Spring's own strategy for Jetty
 * goes through its API for applications: that keeps each request as long as its
 * connection, and takes as much processor time again as all the rest.
 */
final class SocketUpgrade implements RequestUpgradeStrategy, ServletContextAware {

	private static final String[] VERSIONS = { "13" };

	private final Supplier<Limits> limits;

	private final Supplier<HandlerExceptionResolver> refusals;

	private @Nullable WebSocketMappings mappings;

	private Configuration.Customizer settings = (session) -> {
	};

	/**
	 * Upgrade those for whom there is room.
	 * @param refusals tells the others
	 */
	SocketUpgrade(Supplier<Limits> limits, Supplier<HandlerExceptionResolver> refusals) {
		this.limits = limits;
		this.refusals = refusals;
	}

	@Override
	public void setServletContext(ServletContext servletContext) {
		this.mappings = WebSocketMappings
			.ensureMappings(ServletContextHandler.getServletContextHandler(servletContext));
		JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(servletContext);
		if (container != null) {
			this.settings = (session) -> limit(session, container);
		}
	}

	/** Give a session what is set for all. */
	private static void limit(Configuration session, JettyWebSocketServerContainer container) {
		session.setMaxTextMessageSize(container.getMaxTextMessageSize());
		session.setMaxBinaryMessageSize(container.getMaxBinaryMessageSize());
		session.setMaxFrameSize(container.getMaxFrameSize());
		session.setIdleTimeout(container.getIdleTimeout());
	}

	@Override
	public String[] getSupportedVersions() {
		return VERSIONS.clone();
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String protocol,
			List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HttpServletRequest asking = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse answering = ((ServletServerHttpResponse) response).getServletResponse();
		Seat seat;
		try {
			seat = this.limits.get().enter(asking.getRemoteAddr());
		}
		catch (LimitReached refusal) {
			this.refusals.get().resolveException(asking, answering, null, refusal);
			return;
		}
		SocketSession session = new SocketSession(attributes, user, request.getHeaders(), remote(asking), seat);
		WebSocketNegotiator negotiator = (asked, answer, callback) -> {
			if (protocol != null) {
				answer.setAcceptedSubProtocol(protocol);
			}
			answer.setExtensions(Compression.agreed(answer.getExtensions()));
			return new SocketFrames(handler, session);
		};
		try {
			upgrade(negotiator, seat, asking, answering);
		}
		catch (IOException | RuntimeException ex) {
			seat.close();
			throw new HandshakeFailureException("Failed to upgrade", ex);
		}
	}

	/** Return where a client is; what a proxy says is not looked up. */
	private static InetSocketAddress remote(HttpServletRequest request) {
		try {
			return new InetSocketAddress(InetAddress.ofLiteral(request.getRemoteAddr()), request.getRemotePort());
		}
		catch (IllegalArgumentException ex) {
			return InetSocketAddress.createUnresolved(request.getRemoteAddr(), 0);
		}
	}

	private void upgrade(WebSocketNegotiator negotiator, Seat seat, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Assert.state(this.mappings != null, "Fanfare runs on Jetty, and this is not a servlet context of Jetty's");
		Request asked = ServletCoreRequest.wrap(request);
		asked.getConnectionMetaData().getConnection().addEventListener(new Vacating(seat));
		try (Blocker.Callback answered = Blocker.callback()) {
			if (this.mappings.upgrade(negotiator, asked, ServletCoreResponse.wrap(asked, response, false), answered,
					this.settings)) {
				answered.block();
			}
			else {
				seat.close();
			}
		}
	}

	/** Give the seat back of a client that has gone before it was upgraded. */
	private record Vacating(Seat seat) implements Connection.Listener {

		@Override
		public void onClosed(Connection connection) {
			// Being upgraded, the socket stays open, and SocketFrames sees its end.
			if (!connection.getEndPoint().isOpen()) {
				this.seat.close();
			}
		}

	}

}
