package dev.fanfare.security.origin;

import java.util.Collections;
import java.util.Enumeration;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Hide the cookies of a request, which a browser adds whether or not its user knows of
 * the page that asks.
 */
final class WithoutCookies extends HttpServletRequestWrapper {

	WithoutCookies(HttpServletRequest request) {
		super(request);
	}

	@Override
	@SuppressWarnings("NullAway") // An API without annotations: null stands for none.
	public Cookie[] getCookies() {
		return null;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isCookie(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return isCookie(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections
			.enumeration(Collections.list(super.getHeaderNames()).stream().filter((name) -> !isCookie(name)).toList());
	}

	private static boolean isCookie(String name) {
		return HttpHeaders.COOKIE.equalsIgnoreCase(name);
	}

}
