package dev.fanfare.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.fanfare.broker.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Say how an operator ends a session.
 *
 * @param code of the close frame (RFC 6455, 7.4)
 * @param reason what the frame says, 123 bytes of UTF-8 at most
 */
record Ending(int code, String reason) {

	/** Those of the registered ones that a server may send for reasons of its own. */
	private static final Set<Integer> REGISTERED = Set.of(1000, 1008, 1011, 1012, 1013);

	private static final int LONGEST_REASON = 123;

	/** Read it from the parameters of a request. */
	static Ending of(@Nullable String code, @Nullable String reason) {
		String text = StringUtils.hasText(reason) ? reason : Session.OPERATORS_REASON;
		int bytes = text.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > LONGEST_REASON) {
			throw QueryParameters.invalid("reason", text,
					"%d bytes of UTF-8 at most, and it has %d".formatted(LONGEST_REASON, bytes));
		}
		return new Ending(StringUtils.hasText(code) ? code(code) : Session.OPERATORS_CODE, text);
	}

	void apply(Session session) {
		session.close(this.code, this.reason);
	}

	private static int code(String value) {
		try {
			int code = Integer.parseInt(value);
			if (code >= 4000 && code <= 4999 || REGISTERED.contains(code)) {
				return code;
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw QueryParameters.invalid("code", value, "1000, 1008, 1011, 1012, 1013 or 4000 to 4999");
	}

}
