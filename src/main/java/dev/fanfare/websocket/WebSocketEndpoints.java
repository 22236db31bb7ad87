package dev.fanfare.websocket;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.fanfare.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Decide which paths can be upgraded to a WebSocket. For pages of which origin is decided
 * before, for all requests alike.
 */
@Configuration(proxyBeanMethods = false)
public class WebSocketEndpoints {

	/**
	 * Before the mapping of controllers, which answer the same paths for requests that
	 * are no upgrade.
	 */
	private static final int ORDER = -1;

	/** After Spring Security, which is at -100. */
	private static final int FILTER_ORDER = 0;

	private final Supplier<Limits> limits;

	private final Supplier<HandlerExceptionResolver> refusals;

	// Providers: who maps endpoints is made before the infrastructure of these comes up.
	WebSocketEndpoints(ObjectProvider<Limits> limits,
			@Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> refusals) {
		this.limits = SingletonSupplier.of(limits::getObject);
		this.refusals = SingletonSupplier.of(refusals::getObject);
	}

	/** Return what upgrades requests in the way that costs least. */
	public HandshakeHandler handshakes() {
		return new DefaultHandshakeHandler(new SocketUpgrade(this.limits, this.refusals));
	}

	/**
	 * Map a handler to paths for upgrades alone; other requests for the same paths go to
	 * controllers.
	 * @param interceptors called before each handshake
	 */
	public HandlerMapping map(WebSocketHandler handler, List<HandshakeInterceptor> interceptors, String... paths) {
		WebSocketHttpRequestHandler requests = new WebSocketHttpRequestHandler(handler, handshakes());
		requests.setHandshakeInterceptors(interceptors);
		WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
		mapping.setWebSocketUpgradeMatch(true);
		mapping.setOrder(ORDER);
		mapping.setUrlMap(Arrays.stream(paths).collect(Collectors.toMap((path) -> path, (path) -> requests)));
		return mapping;
	}

	/**
	 * Answer upgrades of any other path with 404, also where an ordinary request would be
	 * served.
	 */
	@Bean
	static MappedInterceptor upgradesOfRegisteredPathsOnly() {
		return new MappedInterceptor(new String[] { "/**" }, new HandlerInterceptor() {

			@Override
			public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
					throws Exception {
				if (!UpgradeFilter.isUpgrade(request) || handler instanceof WebSocketHttpRequestHandler) {
					return true;
				}
				response.sendError(HttpStatus.NOT_FOUND.value(), "No WebSocket is served here");
				return false;
			}

		});
	}

	/** Serve upgrades before Spring MVC, behind the filters that let callers in. */
	// Providers: filters are made while the web server starts, which is too early for
	// what serves WebSockets.
	@Bean
	static FilterRegistrationBean<UpgradeFilter> upgradeFilter(ObjectProvider<HandlerMapping> mappings,
			ObjectProvider<MappedInterceptor> interceptors, ObjectProvider<Connections> connections,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
		var registration = new FilterRegistrationBean<>(
				new UpgradeFilter(SingletonSupplier.of(() -> endpoints(mappings, interceptors)),
						SingletonSupplier.of(connections::getObject), refusals));
		registration.setOrder(FILTER_ORDER);
		return registration;
	}

	/**
	 * Return all handlers of WebSockets by their paths; none where the application has
	 * put interceptors in front of all mappings, which only Spring MVC can call.
	 */
	private static Map<String, WebSocketHttpRequestHandler> endpoints(ObjectProvider<HandlerMapping> mappings,
			ObjectProvider<MappedInterceptor> interceptors) {
		Map<String, WebSocketHttpRequestHandler> endpoints = new HashMap<>();
		if (interceptors.stream().count() > 1) {
			return endpoints;
		}
		mappings.orderedStream()
			.filter(WebSocketHandlerMapping.class::isInstance)
			.flatMap((mapping) -> ((WebSocketHandlerMapping) mapping).getHandlerMap().entrySet().stream())
			.forEach((entry) -> {
				if (entry.getValue() instanceof WebSocketHttpRequestHandler handler) {
					endpoints.putIfAbsent(entry.getKey(), handler);
				}
			});
		return endpoints;
	}

}
