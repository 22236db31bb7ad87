package dev.fanfare.demo.chat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.fanfare.demo.InvalidPayload;
import dev.fanfare.topic.TopicName;

/**
 * Name a room as the topics of its events are named: as it is where it is written with
 * {@code a-z 0-9 -}, else as {@code u:} and the base64url of its UTF-8. Nothing makes a
 * room but what is said in it.
 *
 * @param value what stands for the room in a topic's name, one for each name
 */
record Room(String value) {

	/** Begins the topics of all rooms. */
	static final String PREFIX = "chat.";

	private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]{1,32}");

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}-]+");

	private static final String ENCODED = "u:";

	private static final int LONGEST = 32;

	private static final int MOST_BYTES = 78;

	Room {
		if (!PLAIN.matcher(value).matches() && !isEncoded(value)) {
			throw new InvalidPayload(("'%s' is not a room: it must be 1 to 32 of a-z 0-9 -, or 'u:' and the base64url "
					+ "of a name of 1 to 32 letters, digits and - in lower case, 78 bytes at most.")
				.formatted(value));
		}
	}

	/** Read a room as a destination names it; public for Spring to find it. */
	public static Room of(String value) {
		return new Room(value);
	}

	TopicName topic() {
		return new TopicName(PREFIX + this.value);
	}

	/** Return the topic that tells who is typing. */
	TopicName typing() {
		return new TopicName(PREFIX + this.value + ".typing");
	}

	private static boolean isEncoded(String value) {
		if (!value.startsWith(ENCODED)) {
			return false;
		}
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(value.substring(ENCODED.length()));
			String name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return bytes.length <= MOST_BYTES && isName(name) && value.equals(encoded(bytes));
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			return false;
		}
	}

	/** Tell whether it is the one way to write a name that could not stand as it is. */
	private static boolean isName(String name) {
		String same = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
		return name.equals(same) && NAME.matcher(name).matches() && !PLAIN.matcher(name).matches()
				&& name.codePointCount(0, name.length()) <= LONGEST;
	}

	private static String encoded(byte[] bytes) {
		return ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
