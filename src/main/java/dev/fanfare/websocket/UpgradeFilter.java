package dev.fanfare.websocket;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Hand upgrades to the handlers of their paths before Spring MVC would.
 * <p>
 * Paths that are written in an unusual way, with escapes for instance, and those where no
 * WebSocket is served are left to Spring MVC.
 */
final class UpgradeFilter extends HttpFilter {

	private final Supplier<Map<String, WebSocketHttpRequestHandler>> endpoints;

	/**
	 * Make a filter.
	 * @param endpoints the handlers by their paths, asked for once requests come
	 */
	UpgradeFilter(Supplier<Map<String, WebSocketHttpRequestHandler>> endpoints) {
		this.endpoints = endpoints;
	}

	/** Tell whether a request asks for a WebSocket. */
	static boolean isUpgrade(HttpServletRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
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
