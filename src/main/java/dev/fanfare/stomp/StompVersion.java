package dev.fanfare.stomp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;

/** Name a version of STOMP and how it writes header values. */
enum StompVersion {

	V1_0("1.0", ""),

	V1_1("1.1", "n\nc:\\\\"),

	V1_2("1.2", "n\nc:\\\\r\r");

	/** Name all versions, as accept-version does. */
	static final String ALL = "1.0,1.1,1.2";

	private final String number;

	/** Pairs of an escape's letter and what it stands for. */
	private final String escapes;

	private final String colon;

	StompVersion(String number, String escapes) {
		this.number = number;
		this.escapes = escapes;
		this.colon = escaped(':');
	}

	String number() {
		return this.number;
	}

	/** Return the name of the WebSocket sub-protocol, such as {@code v12.stomp}. */
	String subProtocol() {
		return "v" + this.number.replace(".", "") + ".stomp";
	}

	/**
	 * Choose the highest version that both sides speak (STOMP 1.2, Protocol Negotiation).
	 * @param accepted the client's {@code accept-version}; none means 1.0
	 */
	static Optional<StompVersion> negotiate(@Nullable String accepted) {
		if (accepted == null) {
			return Optional.of(V1_0);
		}
		List<String> numbers = Arrays.stream(accepted.split(",")).map(String::trim).toList();
		return Arrays.stream(values())
			.filter((version) -> numbers.contains(version.number))
			.max(Comparator.naturalOrder());
	}

	/** Write a header name as {@link #escape} does; in one, 1.0 cannot write a colon. */
	String escapeName(String name) {
		return (this == V1_0) ? escape(name).replace(':', ' ') : escape(name);
	}

	/** Return how a header value has a colon. */
	String colon() {
		return this.colon;
	}

	/** Write a header value; what cannot be written becomes a space. */
	String escape(String text) {
		if (!hasSpecial(text)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder(text.length() + 8);
		for (int at = 0; at < text.length(); at++) {
			char each = text.charAt(at);
			if (isSpecial(each)) {
				escaped.append(escaped(each));
			}
			else {
				escaped.append(each);
			}
		}
		return escaped.toString();
	}

	/**
	 * Read a header name or value.
	 * @throws ProtocolViolation if there is an escape that this version does not define,
	 * or what it wants escaped
	 */
	String unescape(String text) {
		if (this == V1_2 && text.indexOf('\r') >= 0) {
			throw new ProtocolViolation(ErrorType.INVALID_HEADER,
					"A carriage return stands in a header: STOMP 1.2 writes it as \\r.");
		}
		if (this == V1_0 || text.indexOf('\\') < 0) {
			return text;
		}
		StringBuilder plain = new StringBuilder(text.length());
		for (int at = 0; at < text.length(); at++) {
			char each = text.charAt(at);
			plain.append((each != '\\') ? each : meaning(text, ++at));
		}
		return plain.toString();
	}

	private String escaped(char special) {
		for (int pair = 0; pair < this.escapes.length(); pair += 2) {
			if (this.escapes.charAt(pair + 1) == special) {
				return "\\" + this.escapes.charAt(pair);
			}
		}
		boolean ends = special == '\n' || special == '\r' || special == '\0';
		return ends ? " " : String.valueOf(special);
	}

	private char meaning(String text, int at) {
		for (int pair = 0; at < text.length() && pair < this.escapes.length(); pair += 2) {
			if (this.escapes.charAt(pair) == text.charAt(at)) {
				return this.escapes.charAt(pair + 1);
			}
		}
		throw new ProtocolViolation(ErrorType.INVALID_HEADER, "Undefined escape in header '%s': STOMP %s knows %s."
			.formatted(text, this.number, (this == V1_1) ? "\\n, \\c and \\\\" : "\\r, \\n, \\c and \\\\"));
	}

	// A loop: every header of every frame comes by here.
	private static boolean hasSpecial(String text) {
		for (int at = 0; at < text.length(); at++) {
			if (isSpecial(text.charAt(at))) {
				return true;
			}
		}
		return false;
	}

	/** Tell whether a version has an escape for it, or has to do without one. */
	static boolean isSpecial(char character) {
		return character == '\n' || character == '\r' || character == '\0' || character == ':' || character == '\\';
	}

}
