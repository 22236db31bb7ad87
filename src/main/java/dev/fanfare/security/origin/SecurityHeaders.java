package dev.fanfare.security.origin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tell browsers to do nothing with an answer that it is not meant for. What is a page
 * says for itself, in a policy of its own, what it needs.
 */
final class SecurityHeaders {

	private static final String POLICY = String.join("; ", "default-src 'none'", "base-uri 'none'",
			"form-action 'none'", "frame-ancestors 'none'");

	/** For a year, and for this name alone: others are not this server's to decide on. */
	private static final String TLS_ALONE = "max-age=31536000";

	private final Map<String, String> headers;

	private final Map<String, String> secureHeaders;

	/**
	 * Make the headers.
	 * @param embeddable whether pages of other origins may show images and the like
	 */
	SecurityHeaders(boolean embeddable) {
		this.headers = headers(embeddable);
		this.secureHeaders = new LinkedHashMap<>(this.headers);
		this.secureHeaders.put("Strict-Transport-Security", TLS_ALONE);
	}

	private static Map<String, String> headers(boolean embeddable) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Security-Policy", POLICY);
		headers.put("X-Content-Type-Options", "nosniff");
		// Not no-referrer: with it, browsers send forms of the server's own pages with
		// the origin null.
		headers.put("Referrer-Policy", "same-origin");
		headers.put("Cross-Origin-Resource-Policy", embeddable ? "cross-origin" : "same-origin");
		headers.put("Cross-Origin-Opener-Policy", "same-origin");
		return headers;
	}

	void write(HttpServletRequest request, HttpServletResponse response) {
		all(request.isSecure()).forEach(response::setHeader);
	}

	/**
	 * Return all of them, in their order.
	 * @param secure whether the answer goes over TLS
	 */
	Map<String, String> all(boolean secure) {
		return Collections.unmodifiableMap(secure ? this.secureHeaders : this.headers);
	}

}
