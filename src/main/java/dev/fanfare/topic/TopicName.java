package dev.fanfare.topic;

import java.util.regex.Pattern;

/**
 * Name a topic: 1 to 128 characters, dot-separated by convention
 * ({@code scores.football}).
 *
 * @param value a letter or digit, then letters, digits and {@code . _ : -}
 */
public record TopicName(String value) implements Comparable<TopicName> {

	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

	public TopicName {
		if (!VALID.matcher(value).matches()) {
			throw new InvalidTopicName(value);
		}
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
