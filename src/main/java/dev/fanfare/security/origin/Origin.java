package dev.fanfare.security.origin;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name where a page comes from. Two spellings of one origin are equal: letters are lower
 * case, the addresses of IPv6 written out.
 *
 * @param host a name or an address, one of IPv6 in brackets
 * @param port 0 for the scheme's own
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454</a>
 */
record Origin(String scheme, String host, int port) {

	private static final Pattern SPELLING = Pattern
		.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");

	private static final int MOST = 65535;

	Origin {
		port = (port == portOf(scheme)) ? 0 : port;
	}

	/** Read what a browser sends: {@code scheme://host} and maybe {@code :port}. */
	static Optional<Origin> parse(String text) {
		Matcher spelling = SPELLING.matcher(text.toLowerCase(Locale.ROOT));
		if (!spelling.matches()) {
			return Optional.empty();
		}
		int port = (spelling.group(3) != null) ? Integer.parseInt(spelling.group(3)) : 0;
		Optional<String> host = host(spelling.group(2));
		return host.filter((name) -> port <= MOST).map((name) -> new Origin(spelling.group(1), name, port));
	}

	/** Return the one spelling of a host, nothing if it is an address that cannot be. */
	static Optional<String> host(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (!lower.startsWith("[")) {
			return Optional.of(lower);
		}
		try {
			InetAddress address = InetAddress.ofLiteral(lower.substring(1, lower.length() - 1));
			return Optional.of("[" + address.getHostAddress() + "]");
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** Return the port that a scheme does not write, 0 if it has none. */
	static int portOf(String scheme) {
		return switch (scheme) {
			case "http" -> 80;
			case "https" -> 443;
			default -> 0;
		};
	}

}
