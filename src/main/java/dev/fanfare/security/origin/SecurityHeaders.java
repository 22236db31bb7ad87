package dev.fanfare.security.origin;

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

	private final String embedding;

	/**
	 * Make the headers.
	 * @param embeddable whether pages of other origins may show images and the like
	 */
	SecurityHeaders(boolean embeddable) {
		this.embedding = embeddable ? "cross-origin" : "same-origin";
	}

	void write(HttpServletRequest request, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		// Not no-referrer: with it, browsers send forms of the server's own pages with
		// the origin null.
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader("Cross-Origin-Resource-Policy", this.embedding);
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		if (request.isSecure()) {
			response.setHeader("Strict-Transport-Security", TLS_ALONE);
		}
	}

}
