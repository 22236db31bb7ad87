package dev.fanfare.demo.chat;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import dev.fanfare.demo.InvalidPayload;
import dev.fanfare.demo.Readable;
import dev.fanfare.topic.Position;
import org.jspecify.annotations.Nullable;

/** Take what visitors write, or say what is wrong with it and what would be right. */
final class Words {

	static final int LONGEST_NAME = 32;

	static final int LONGEST_TEXT = 4000;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private Words() {
	}

	static String id(@Nullable String id) {
		String made = given("id", id);
		if (!ID.matcher(made).matches()) {
			throw new InvalidPayload("'id' is '%s'; it must be 16 to 64 of A-Z a-z 0-9 _ -, made up by its sender."
				.formatted(shortened(made)));
		}
		return made;
	}

	static String position(@Nullable String of) {
		// Refuses what is none.
		return Position.parse(given("of", of)).toString();
	}

	static String name(@Nullable String name) {
		String stripped = given("name", name).strip();
		if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
			throw new InvalidPayload("'name' is '%s'; it must be 1 to %d characters, not counting spaces around it."
				.formatted(shortened(stripped), LONGEST_NAME));
		}
		require("name", stripped, (each) -> isShown(each) || each == ZERO_WIDTH_JOINER);
		return stripped;
	}

	static String text(@Nullable String text) {
		String clean = given("text", text).replace("\r\n", "\n").strip();
		if (clean.isEmpty()) {
			throw new InvalidPayload("'text' is blank; it must say something.");
		}
		if (clean.length() > LONGEST_TEXT) {
			throw new InvalidPayload(
					"'text' has %d characters; it may have %d.".formatted(clean.length(), LONGEST_TEXT));
		}
		require("text", clean, (each) -> each == '\n' || each == '\t' || Readable.isText(each));
		return clean;
	}

	private static String given(String field, @Nullable String value) {
		if (value == null) {
			throw new InvalidPayload("'%s' is missing; it must be a string.".formatted(field));
		}
		return value;
	}

	private static void require(String field, String value, IntPredicate accepted) {
		value.codePoints().filter(accepted.negate()).findFirst().ifPresent((each) -> {
			throw new InvalidPayload("'%s' has the character U+%04X in it, which is not for reading; leave it out."
				.formatted(field, each));
		});
	}

	/** Tell whether it can be seen, so that nobody is called nothing or like another. */
	private static boolean isShown(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	private static String shortened(String value) {
		return (value.length() > 80) ? value.substring(0, 80) + "…" : value;
	}

}
