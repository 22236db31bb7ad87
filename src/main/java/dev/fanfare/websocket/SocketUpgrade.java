package dev.fanfare.websocket;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreResponse;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
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

	private @Nullable WebSocketMappings mappings;

	private Configuration.Customizer limits = (session) -> {
	};

	@Override
	public void setServletContext(ServletContext servletContext) {
		this.mappings = WebSocketMappings
			.ensureMappings(ServletContextHandler.getServletContextHandler(servletContext));
		JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(servletContext);
		if (container != null) {
			this.limits = (session) -> limit(session, container);
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
		SocketSession session = new SocketSession(attributes, user, request.getHeaders());
		WebSocketNegotiator negotiator = (asked, answer, callback) -> {
			if (protocol != null) {
				answer.setAcceptedSubProtocol(protocol);
			}
			answer.setExtensions(Compression.agreed(answer.getExtensions()));
			return new SocketFrames(handler, session);
		};
		try {
			upgrade(negotiator, ((ServletServerHttpRequest) request).getServletRequest(),
					((ServletServerHttpResponse) response).getServletResponse());
		}
		catch (IOException | RuntimeException ex) {
			throw new HandshakeFailureException("Failed to upgrade", ex);
		}
	}

	private void upgrade(WebSocketNegotiator negotiator, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Assert.state(this.mappings != null, "Fanfare runs on Jetty, and this is not a servlet context of Jetty's");
		Request asked = ServletCoreRequest.wrap(request);
		try (Blocker.Callback answered = Blocker.callback()) {
			if (this.mappings.upgrade(negotiator, asked, ServletCoreResponse.wrap(asked, response, false), answered,
					this.limits)) {
				answered.block();
			}
		}
	}

}
