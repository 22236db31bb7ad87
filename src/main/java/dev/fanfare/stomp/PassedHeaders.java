package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.fanfare.topic.Draft;

import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.util.MimeType;

/**
 * Choose the headers of a message that its readers get: all but those that have a meaning
 * between two parties.
 */
final class PassedHeaders {

	private static final Set<String> KEPT_BACK = Set.of("destination", "receipt", "transaction", "content-length",
			"message-id", "subscription", "ack", "timestamp", "idempotency-key", "id", "session", "redelivered",
			"Authorization", "authorization", "login", "passcode", SimpMessageHeaderAccessor.ORIGINAL_DESTINATION);

	/**
	 * What may be lost around a name: clients of STOMP 1.0 may trim names and let the
	 * last of equal ones win.
	 */
	private static final Pattern AROUND = Pattern.compile("^[\\s:]+|[\\s:]+$");

	private PassedHeaders() {
	}

	/** Choose among the headers of a frame. */
	static Map<String, String> of(StompFrame frame) {
		Map<String, String> passed = new LinkedHashMap<>();
		frame.headers().forEach((name, value) -> pass(name, value, passed));
		return passed;
	}

	/** Choose among the headers of one of Spring's messages. */
	static Map<String, String> of(SimpMessageHeaderAccessor accessor) {
		Map<String, String> passed = new LinkedHashMap<>();
		MimeType contentType = accessor.getContentType();
		if (contentType != null) {
			passed.put(Draft.CONTENT_TYPE, contentType.toString());
		}
		accessor.toNativeHeaderMap().forEach((name, values) -> {
			if (!values.isEmpty()) {
				pass(name, values.getFirst(), passed);
			}
		});
		return passed;
	}

	private static void pass(String name, String value, Map<String, String> passed) {
		if (!KEPT_BACK.contains(trimmed(name))) {
			passed.put(name, value);
		}
	}

	private static String trimmed(String name) {
		boolean plain = !name.isEmpty() && isPlain(name.charAt(0)) && isPlain(name.charAt(name.length() - 1));
		return plain ? name : AROUND.matcher(name).replaceAll("");
	}

	private static boolean isPlain(char end) {
		return end > ' ' && end != ':';
	}

}
