package dev.fanfare.security;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Gate;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.topic.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Let requests in: as the caller whose token or key they show, or as guests. What each
 * may do is decided where it is done.
 */
final class CallerFilter extends OncePerRequestFilter {

	private static final String API = "/api/";

	private final Gate gate;

	private final TokenProperties properties;

	private final HandlerExceptionResolver refusals;

	CallerFilter(Gate gate, TokenProperties properties, HandlerExceptionResolver refusals) {
		this.gate = gate;
		this.properties = properties;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Caller caller;
		try {
			caller = caller(request);
		}
		catch (Refusal refusal) {
			this.refusals.resolveException(request, response, null, refusal);
			return;
		}
		if (caller instanceof Principal principal) {
			// For the application's own code; FilterChainProxy takes it away again.
			SecurityContextHolder.setContext(new SecurityContextImpl(new Admitted(principal)));
			chain.doFilter(new CallersRequest(request, principal), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private Caller caller(HttpServletRequest request) {
		Optional<Credentials> shown = Credentials.of(request, this.properties);
		if (shown.isEmpty()) {
			return Caller.of(request.getUserPrincipal());
		}
		if (!shown.get().mayCount(request)) {
			throw NotAdmitted.crossSite(this.properties.cookie());
		}
		try {
			Caller admitted = this.gate.admit(shown.get().value());
			if (admitted instanceof Caller.Key && shown.get().place() != Credentials.Place.HEADER) {
				throw NotAdmitted.invalid("A key is shown in the Authorization header alone.");
			}
			return admitted;
		}
		catch (NotAdmitted ex) {
			// A browser sends an old cookie with everything, and must still get the page
			// on which to sign in.
			if (shown.get().place() == Credentials.Place.COOKIE && isPage(request)) {
				return new Caller.Guest();
			}
			throw ex;
		}
	}

	private static boolean isPage(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) && !request.getRequestURI().startsWith(API)
				&& !Credentials.isUpgrade(request);
	}

	/** Be a request that somebody known has made. */
	private static final class CallersRequest extends HttpServletRequestWrapper {

		private final Principal principal;

		CallersRequest(HttpServletRequest request, Principal principal) {
			super(request);
			this.principal = principal;
		}

		@Override
		public Principal getUserPrincipal() {
			return this.principal;
		}

		@Override
		public String getRemoteUser() {
			return this.principal.getName();
		}

	}

	/** Be known to Spring Security, without what was shown. */
	private static final class Admitted extends AbstractAuthenticationToken {

		private final transient Principal caller;

		Admitted(Principal caller) {
			super(List.of());
			this.caller = caller;
			setAuthenticated(true);
		}

		@Override
		public Object getCredentials() {
			return "";
		}

		@Override
		public Object getPrincipal() {
			return this.caller;
		}

	}

}
