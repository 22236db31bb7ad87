package dev.fanfare.http;

import java.io.IOException;
import java.security.Principal;

import dev.fanfare.access.LogContext;
import dev.fanfare.access.Passage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Have what is logged of a request name its user, where it has one. */
@Component
@Order(LogContextFilter.ORDER)
class LogContextFilter extends HttpFilter implements Passage {

	/** After publishing, at 0, which logs nothing and has no time for it. */
	static final int ORDER = 10;

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Principal user = request.getUserPrincipal();
		if (user == null) {
			chain.doFilter(request, response);
			return;
		}
		try (LogContext context = LogContext.of(null, user)) {
			chain.doFilter(request, response);
		}
	}

}
