package dev.fanfare.demo;

/** Tell of characters whether they are for reading. */
public final class Readable {

	private Readable() {
	}

	/**
	 * Tell whether it is no control character, no half of one and no change of direction.
	 */
	public static boolean isText(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE -> false;
			default -> !isDirection(character);
		};
	}

	private static boolean isDirection(int character) {
		return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
	}

}
