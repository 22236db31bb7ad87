package dev.fanfare.security.origin;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

/**
 * Tell whose page a request comes from.
 * <p>
 * Browsers say it by {@code Sec-Fetch-Site}, which counts most, for no proxy changes what
 * it compares; where they do not, on plain HTTP for instance, by {@code Origin}. Neither
 * can be set by a page. Who sends neither is no page.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 */
final class Origins {

	static final String SITE = "Sec-Fetch-Site";

	private static final String SANDBOXED = "null";

	private static final int HTTP = 80;

	private static final int HTTPS = 443;

	private final boolean any;

	private final Set<Origin> allowed;

	Origins(List<String> allowed) {
		this.any = allowed.contains(OriginProperties.ANY);
		this.allowed = allowed.stream().flatMap((text) -> Origin.parse(text).stream()).collect(Collectors.toSet());
	}

	/** Tell whether no origin but the server's own may use it. */
	boolean isOwnAlone() {
		return !this.any && this.allowed.isEmpty();
	}

	/** Tell whether pages of all origins may use the server. */
	boolean isAny() {
		return this.any;
	}

	Sender sender(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		String site = request.getHeader(SITE);
		if (site == null) {
			return (origin == null) ? Sender.NONE : sender(request, origin, true);
		}
		if (site.equals("none")) {
			return Sender.NONE;
		}
		if (site.equals("same-origin")) {
			return Sender.OWN;
		}
		if (origin == null) {
			// A page's, which does not say whose: one of anybody.
			return this.any ? Sender.ANYBODY : Sender.FOREIGN;
		}
		return sender(request, origin, false);
	}

	/**
	 * Tell by the origin.
	 * @param mayBeOwn whether the browser has not said that it is another one
	 */
	private Sender sender(HttpServletRequest request, String text, boolean mayBeOwn) {
		Origin origin = isOne(request) ? Origin.parse(text).orElse(null) : null;
		if (origin == null) {
			return (this.any && text.equals(SANDBOXED) && isOne(request)) ? Sender.ANYBODY : Sender.FOREIGN;
		}
		if (mayBeOwn && isOwn(origin, request)) {
			return Sender.OWN;
		}
		if (this.any) {
			return Sender.ANYBODY;
		}
		return this.allowed.contains(origin) ? Sender.ALLOWED : Sender.FOREIGN;
	}

	private static boolean isOne(HttpServletRequest request) {
		return Collections.list(request.getHeaders(HttpHeaders.ORIGIN)).size() == 1;
	}

	/**
	 * Compare with what was asked. Where that came without TLS, a proxy may have taken it
	 * off without saying so; over TLS, a page without it is another one.
	 */
	private static boolean isOwn(Origin origin, HttpServletRequest request) {
		int port = request.getServerPort();
		boolean usual = request.isSecure() ? port == HTTPS : (port == HTTP || port == HTTPS);
		boolean possible = origin.scheme().equals("https") || (origin.scheme().equals("http") && !request.isSecure());
		Optional<String> host = Origin.host(request.getServerName());
		return possible && origin.port() == (usual ? 0 : port) && host.filter(origin.host()::equals).isPresent();
	}

}
