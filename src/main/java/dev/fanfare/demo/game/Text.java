package dev.fanfare.demo.game;

/**
 * Say something in both languages of the pages.
 *
 * @param en in English
 * @param zh in Simplified Chinese
 */
record Text(String en, String zh) {

	Text {
		if (en.isBlank() || zh.isBlank()) {
			throw new IllegalArgumentException("A text is missing: '%s' in English, '%s' in Chinese".formatted(en, zh));
		}
	}

}
