package dev.fanfare.security.origin;

import jakarta.servlet.ServletRequest;

/**
 * Remember of a request that a page sent it that may act for its visitor: one of this
 * server, or of an origin that is allowed by its name.
 */
public final class TrustedPage {

	private static final String ATTRIBUTE = TrustedPage.class.getName();

	private TrustedPage() {
	}

	static void note(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, true);
	}

	/** Tell whether such a page sent the request. */
	public static boolean sent(ServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
