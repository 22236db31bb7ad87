package dev.fanfare.http;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Passage;
import dev.fanfare.limits.LimitReached;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Visitor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Count the requests of each caller, those that ask for a WebSocket too, and answer those
 * that are too many with 429.
 */
final class LimitFilter extends HttpFilter implements Passage {

	private static final Logger logger = LoggerFactory.getLogger(LimitFilter.class);

	/** Names the attribute of a request that tells where it comes from. */
	static final String VISITOR = Visitor.class.getName();

	private final Supplier<Limits> limits;

	private final HandlerExceptionResolver refusals;

	/**
	 * Whether who runs the server is still to be told of a proxy that is not believed.
	 */
	private final AtomicBoolean wary;

	/**
	 * Make a filter.
	 * @param believed whether what a proxy says of its clients counts
	 */
	LimitFilter(Supplier<Limits> limits, HandlerExceptionResolver refusals, boolean believed) {
		this.limits = limits;
		this.refusals = refusals;
		this.wary = new AtomicBoolean(!believed);
	}

	/** Return where a request comes from that has passed. */
	static Visitor visitor(HttpServletRequest request) {
		return (Visitor) Objects.requireNonNull(request.getAttribute(VISITOR));
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request.getAttribute(VISITOR) != null) {
			// Counted by PublishHandler.
			chain.doFilter(request, response);
			return;
		}
		if (this.wary.get() && request.getHeader("X-Forwarded-For") != null && this.wary.getAndSet(false)) {
			logger
				.warn("A request of {} says X-Forwarded-For, which does not count: limits see that address alone, and "
						+ "127.0.0.1 has none (fanfare.limits.exempt). If it is a proxy of yours, set "
						+ "server.forward-headers-strategy", request.getRemoteAddr());
		}
		try {
			Visitor visitor = this.limits.get().visitor(request.getRemoteAddr());
			request.setAttribute(VISITOR, visitor);
			visitor.requests(Caller.of(request.getUserPrincipal()));
		}
		catch (LimitReached refusal) {
			this.refusals.resolveException(request, response, null, refusal);
			return;
		}
		chain.doFilter(request, response);
	}

}
