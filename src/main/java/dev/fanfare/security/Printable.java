package dev.fanfare.security;

/** Make what a stranger wrote fit for messages and logs. */
final class Printable {

	private static final int LONGEST = 60;

	private Printable() {
	}

	/** Return the beginning of the text, with a dot for what has no glyph in ASCII. */
	static String of(String text) {
		String beginning = (text.length() <= LONGEST) ? text : text.substring(0, LONGEST) + "...";
		return beginning.replaceAll("[^ -~]", ".");
	}

}
