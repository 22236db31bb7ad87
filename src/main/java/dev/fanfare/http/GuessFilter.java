package dev.fanfare.http;

import java.io.IOException;
import java.util.function.Supplier;

import dev.fanfare.access.Passage;
import dev.fanfare.limits.LimitReached;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Visitor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Count the answers 401 of each address, and have nothing more verified for one that gets
 * too many. {@link LimitFilter} does not see those requests: it comes after who the
 * caller is.
 */
final class GuessFilter extends HttpFilter implements Passage {

	private final Supplier<Limits> limits;

	private final HandlerExceptionResolver refusals;

	GuessFilter(Supplier<Limits> limits, HandlerExceptionResolver refusals) {
		this.limits = limits;
		this.refusals = refusals;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Visitor visitor = this.limits.get().visitor(request.getRemoteAddr());
		try {
			visitor.requireTrusted();
		}
		catch (LimitReached refusal) {
			this.refusals.resolveException(request, response, null, refusal);
			return;
		}
		chain.doFilter(request, response);
		if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
			visitor.guesses();
		}
	}

}
