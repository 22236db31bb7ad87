package dev.fanfare.security.origin;

import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure whose pages may use the server, and by which names.
 *
 * @param allowedOrigins origins, beside the server's own, whose pages may do what its own
 * may; {@code *} alone for all, without their cookies
 * @param allowedHosts names by which the server may be called, beside localhost and its
 * addresses; any if there are none
 */
@ConfigurationProperties("fanfare.access")
record OriginProperties(@DefaultValue List<String> allowedOrigins, @DefaultValue List<String> allowedHosts) {

	static final String ANY = "*";

	private static final String HOST = "[a-zA-Z0-9._-]+";

	OriginProperties {
		for (String origin : allowedOrigins) {
			Assert.isTrue(isAny(origin) || Origin.parse(origin).isPresent(),
					() -> ("fanfare.access.allowed-origins has '%s': an origin is scheme://host or scheme://host:port, "
							+ "such as https://example.org, without a path")
						.formatted(origin));
			Assert.isTrue(!isAny(origin) || allowedOrigins.size() == 1,
					() -> "fanfare.access.allowed-origins has '*' and others (%s): '*' stands for all origins, so it must stand alone"
						.formatted(String.join(", ", allowedOrigins)));
		}
		allowedHosts.forEach((host) -> Assert.isTrue(host.matches(HOST),
				() -> "fanfare.access.allowed-hosts has '%s': it must be a name alone, such as example.org, without scheme and port"
					.formatted(host)));
		allowedHosts = allowedHosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
	}

	private static boolean isAny(String origin) {
		return origin.equals(ANY);
	}

}
