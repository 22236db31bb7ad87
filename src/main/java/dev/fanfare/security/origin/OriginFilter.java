package dev.fanfare.security.origin;

import java.io.IOException;

import dev.fanfare.access.Passage;
import dev.fanfare.topic.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Stand before everything that answers: refuse what pages of foreign origins may not ask
 * for, and let browsers know how to treat the answers.
 * <p>
 * A foreign page may do what a link can: requests that change nothing are served, but
 * without the headers that would let its script read the answer.
 */
final class OriginFilter extends HttpFilter implements Passage {

	private final OriginProperties properties;

	private final Hosts hosts;

	private final Origins origins;

	private final SecurityHeaders headers;

	private final Sharing sharing;

	private final HandlerExceptionResolver refusals;

	OriginFilter(OriginProperties properties, HandlerExceptionResolver refusals) {
		this(properties, Hosts.orAny(properties.allowedHosts()), refusals);
	}

	private OriginFilter(OriginProperties properties, Hosts hosts, HandlerExceptionResolver refusals) {
		this.properties = properties;
		this.hosts = hosts;
		this.origins = new Origins(properties.allowedOrigins());
		this.headers = new SecurityHeaders(this.origins.isAny());
		this.sharing = new Sharing(this.origins.isAny());
		this.refusals = refusals;
	}

	/** Make the same filter for a server that no name leads to unless it is listed. */
	OriginFilter forListedHosts() {
		return new OriginFilter(this.properties, Hosts.only(this.properties.allowedHosts()), this.refusals);
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		this.headers.write(request, response);
		if (!this.hosts.allow(request.getServerName())) {
			refuse(request, response, new HostNotAllowed(request.getServerName()));
			return;
		}
		if (!this.origins.isOwnAlone()) {
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		}
		switch (this.origins.sender(request)) {
			case NONE -> chain.doFilter(request, response);
			case OWN -> {
				TrustedPage.note(request);
				chain.doFilter(request, response);
			}
			case ALLOWED -> {
				TrustedPage.note(request);
				share(request, response, chain);
			}
			case ANYBODY -> share(new WithoutCookies(request), response, chain);
			case FOREIGN -> serveAsALink(request, response, chain);
		}
	}

	private void share(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (this.sharing.share(request, response)) {
			chain.doFilter(request, response);
		}
	}

	private void serveAsALink(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (changesNothing(request)) {
			chain.doFilter(request, response);
		}
		else {
			refuse(request, response, new OriginNotAllowed(request.getHeader(HttpHeaders.ORIGIN)));
		}
	}

	/** Tell whether no more than an answer comes of a request. A WebSocket is more. */
	private static boolean changesNothing(HttpServletRequest request) {
		return switch (request.getMethod()) {
			case "GET", "HEAD" -> request.getHeader(HttpHeaders.UPGRADE) == null;
			case "OPTIONS" -> !CorsUtils.isPreFlightRequest(request);
			default -> false;
		};
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
		this.refusals.resolveException(request, response, null, refusal);
	}

}
