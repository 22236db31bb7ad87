package dev.fanfare.security.origin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Let scripts of allowed pages read answers, whatever those are. Who is allowed is
 * decided before.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS</a>
 */
final class Sharing {

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

	/** Headers that scripts could not read otherwise. */
	private static final List<String> EXPOSED = List.of(HttpHeaders.LOCATION, HttpHeaders.LINK, HttpHeaders.ETAG,
			HttpHeaders.RETRY_AFTER, HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE, "Fanfare-Position",
			"Fanfare-Timestamp");

	private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

	private final CorsConfiguration configuration;

	/**
	 * Share with those who are allowed.
	 * @param any whether those are all pages, who then send no cookies
	 */
	Sharing(boolean any) {
		this.configuration = new Allowed(any);
		this.configuration.setAllowedMethods(METHODS);
		this.configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		this.configuration.setExposedHeaders(EXPOSED);
		this.configuration.setAllowCredentials(!any);
		this.configuration.setMaxAge(Duration.ofHours(1));
	}

	/**
	 * Add the headers.
	 * @return whether the request is to be served; false if it was wholly answered here
	 */
	boolean share(HttpServletRequest request, HttpServletResponse response) throws IOException {
		return this.processor.processRequest(this.configuration, request, response);
	}

	private static final class Allowed extends CorsConfiguration {

		private final boolean any;

		Allowed(boolean any) {
			this.any = any;
		}

		@Override
		public @Nullable String checkOrigin(@Nullable String origin) {
			return this.any ? ALL : origin;
		}

	}

}
