package dev.fanfare.demo.game;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Call a player: 1 to 24 characters that can be seen.
 *
 * @param value without spaces around it, and one where there were several
 */
record PlayerName(String value) {

	static final int LONGEST = 24;

	/** Joins the parts of an emoji. */
	private static final int JOINER = 0x200D;

	PlayerName {
		int length = value.codePointCount(0, value.length());
		if (length == 0 || length > LONGEST || !value.codePoints().allMatch(PlayerName::isAllowed)
				|| value.codePoints().noneMatch(PlayerName::isSeen)) {
			throw new GameRefused(GameRefused.Reason.INVALID_NAME,
					"Not a name: '%s'. It has 1 to %d letters, digits and signs.".formatted(GameRefused.shown(value),
							LONGEST));
		}
	}

	/** Read a name as somebody typed it. */
	static PlayerName of(@Nullable String typed) {
		return new PlayerName((typed != null) ? typed.strip().replaceAll("\\s+", " ") : "");
	}

	/** Return the name with a number behind it, for who is not the first of that name. */
	PlayerName numbered(int number) {
		String suffix = " " + number;
		int room = LONGEST - suffix.length();
		int end = (this.value.codePointCount(0, this.value.length()) <= room) ? this.value.length()
				: this.value.offsetByCodePoints(0, room);
		return new PlayerName(this.value.substring(0, end) + suffix);
	}

	/** Tell whether people would take two names for the same one. */
	static boolean same(String one, String other) {
		return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
	}

	private static boolean isSeen(int each) {
		return each != JOINER && !Character.isSpaceChar(each) && Character.getType(each) != Character.NON_SPACING_MARK;
	}

	private static boolean isAllowed(int each) {
		return switch (Character.getType(each)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				each == JOINER;
			default -> true;
		};
	}

}
