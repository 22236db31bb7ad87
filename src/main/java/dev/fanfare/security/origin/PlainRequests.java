package dev.fanfare.security.origin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Know what {@link OriginFilter} does with a request of which nothing tells that a page
 * has sent it.
 */
@Component
public class PlainRequests {

	/** Name, in lower case, the headers by which a page or its visitor is known. */
	public static final Set<String> MARKS = Set.of(lower(HttpHeaders.ORIGIN), lower(Origins.SITE),
			lower(HttpHeaders.COOKIE));

	private final Hosts hosts;

	private final Map<String, String> headers;

	private final Map<String, String> secureHeaders;

	PlainRequests(OriginProperties properties) {
		this.hosts = Hosts.orAny(properties.allowedHosts());
		Origins origins = new Origins(properties.allowedOrigins());
		this.headers = headers(origins, false);
		this.secureHeaders = headers(origins, true);
	}

	private static Map<String, String> headers(Origins origins, boolean secure) {
		Map<String, String> headers = new LinkedHashMap<>(new SecurityHeaders(origins.isAny()).all(secure));
		if (!origins.isOwnAlone()) {
			headers.put(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		}
		return headers;
	}

	/** Tell whether the server may be called by that name. */
	public boolean allowHost(String host) {
		return this.hosts.allow(host);
	}

	/** Return what each answer to such a request has. */
	public Map<String, String> headers(boolean secure) {
		return secure ? this.secureHeaders : this.headers;
	}

	private static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
