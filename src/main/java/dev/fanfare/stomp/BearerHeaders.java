package dev.fanfare.stomp;

import java.util.Optional;

/** Find the token or key that a frame shows. */
final class BearerHeaders {

	private static final String SCHEME = "Bearer ";

	private BearerHeaders() {
	}

	/**
	 * Return what follows Bearer in the {@code Authorization} header, else the
	 * {@code passcode}.
	 */
	static Optional<String> read(StompFrame frame) {
		String header = frame.header("Authorization");
		if (header == null) {
			header = frame.header("authorization");
		}
		if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return Optional.of(header.substring(SCHEME.length()).strip());
		}
		return Optional.ofNullable(frame.header("passcode"));
	}

}
