package dev.fanfare.topic;

/**
 * Name a topic: 1 to 128 characters, dot-separated by convention
 * ({@code scores.football}).
 *
 * @param value a letter or digit, then letters, digits and {@code . _ : -}
 */
public record TopicName(String value) implements Comparable<TopicName> {

	private static final int LONGEST = 128;

	public TopicName {
		if (!isName(value)) {
			throw new InvalidTopicName(value);
		}
	}

	// A loop: every frame and request comes by here.
	private static boolean isName(String value) {
		if (value.isEmpty() || value.length() > LONGEST || !isLetterOrDigit(value.charAt(0))) {
			return false;
		}
		for (int at = 1; at < value.length(); at++) {
			char each = value.charAt(at);
			if (!isLetterOrDigit(each) && each != '.' && each != '_' && each != ':' && each != '-') {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetterOrDigit(char each) {
		return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9';
	}

	@Override
	public int compareTo(TopicName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
