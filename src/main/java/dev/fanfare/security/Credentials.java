package dev.fanfare.security;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.fanfare.access.NotAdmitted;
import dev.fanfare.security.origin.TrustedPage;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Find the token or key that a request shows: in the {@code Authorization} header, else
 * in the query where that is allowed, else in a cookie.
 *
 * @param value the token or key
 * @param place where it was
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750, 2</a>
 */
record Credentials(String value, Place place) {

	static final String PARAMETER = "access_token";

	private static final String SCHEME = "Bearer ";

	private static final String EVENTS = "/events";

	/**
	 * Find them, if there are any; what follows another scheme than Bearer is for others.
	 * @throws NotAdmitted if the header cannot be read
	 */
	static Optional<Credentials> of(HttpServletRequest request, TokenProperties properties) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (header != null) {
			return ofHeader(header, request);
		}
		if (properties.inQuery() && isForBrowsers(request)) {
			String token = request.getParameter(PARAMETER);
			if (token != null) {
				return Optional.of(new Credentials(token, Place.QUERY));
			}
		}
		return properties.cookie().isEmpty() ? Optional.empty() : ofCookie(request, properties.cookie());
	}

	private static Optional<Credentials> ofHeader(String header, HttpServletRequest request) {
		String shown = bearer(header);
		if (shown == null) {
			return Optional.empty();
		}
		List<String> all = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
		if (all.size() > 1) {
			throw NotAdmitted
				.invalid("The request has %d Authorization headers; it must have one.".formatted(all.size()));
		}
		return Optional.of(new Credentials(shown, Place.HEADER));
	}

	/** Return what the header shows, null where it is of another scheme. */
	static @Nullable String bearer(String header) {
		return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header.substring(SCHEME.length()).strip()
				: null;
	}

	private static Optional<Credentials> ofCookie(HttpServletRequest request, String name) {
		Cookie[] cookies = request.getCookies();
		if (cookies != null) {
			for (Cookie each : cookies) {
				if (each.getName().equals(name) && !each.getValue().isEmpty()) {
					return Optional.of(new Credentials(each.getValue(), Place.COOKIE));
				}
			}
		}
		return Optional.empty();
	}

	/** Tell whether it is what a browser begins without being able to set a header. */
	private static boolean isForBrowsers(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) && (isUpgrade(request) || request.getRequestURI().endsWith(EVENTS));
	}

	static boolean isUpgrade(HttpServletRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
	}

	/**
	 * Tell whether a request may count as the cookie's owner's: it changes nothing, or a
	 * page of this server or an allowed origin sent it.
	 */
	boolean mayCount(HttpServletRequest request) {
		boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
		return this.place != Place.COOKIE || reads || TrustedPage.sent(request);
	}

	/** Say where it was, and not what it is. */
	@Override
	public String toString() {
		return "Credentials[place=%s]".formatted(this.place);
	}

	/** Name the places where requests have them. */
	enum Place {

		/** The Authorization header. */
		HEADER,

		/** The query, for browsers that cannot set the header. */
		QUERY,

		/** A cookie, which a browser sends by itself. */
		COOKIE

	}

}
