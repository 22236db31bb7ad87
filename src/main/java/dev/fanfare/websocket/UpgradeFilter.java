package dev.fanfare.websocket;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

import dev.fanfare.access.Passage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Hand upgrades to the handlers of their paths before Spring MVC would.
 * <p>
 * While the server has its clients move, no request for one is served. Paths that are
 * written in an unusual way, with escapes for instance, and those where no WebSocket is
 * served are left to Spring MVC.
 */
final class UpgradeFilter extends HttpFilter implements Passage {

	private final Supplier<Map<String, WebSocketHttpRequestHandler>> endpoints;

	private final Supplier<Connections> connections;

	private final HandlerExceptionResolver refusals;

	/**
	 * Make a filter.
	 * @param endpoints the handlers by their paths, asked for once requests come
	 * @param connections tells whether newcomers are taken, asked for likewise
	 * @param refusals answers those who are not
	 */
	UpgradeFilter(Supplier<Map<String, WebSocketHttpRequestHandler>> endpoints, Supplier<Connections> connections,
			HandlerExceptionResolver refusals) {
		this.endpoints = endpoints;
		this.connections = connections;
		this.refusals = refusals;
	}

	/** Tell whether a request asks for a WebSocket. */
	static boolean isUpgrade(HttpServletRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (isUpgrade(request) && this.connections.get().isLeaving()) {
			this.refusals.resolveException(request, response, null, new Departed());
			return;
		}
		WebSocketHttpRequestHandler endpoint = endpoint(request);
		if (endpoint == null) {
			chain.doFilter(request, response);
			return;
		}
		ServerHttpObservationFilter.findObservationContext(request)
			.ifPresent((context) -> context.setPathPattern(path(request)));
		endpoint.handleRequest(request, response);
	}

	private @Nullable WebSocketHttpRequestHandler endpoint(HttpServletRequest request) {
		return ("GET".equals(request.getMethod()) && isUpgrade(request)) ? this.endpoints.get().get(path(request))
				: null;
	}

	private static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

}
