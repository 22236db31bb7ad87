package dev.fanfare.topic;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Match topic names part by part, where dots divide them.
 * <p>
 * {@code *} stands for exactly one part, {@code **} at the end for one or more, so that
 * {@code **} alone matches every name: {@code scores.*} matches {@code scores.uk} and not
 * {@code scores.uk.final}, which {@code scores.**} does.
 *
 * @param value the pattern as it is written
 */
public record TopicPattern(String value) {

	private static final Pattern VALID = Pattern
		.compile("(?=[A-Za-z0-9*])((\\*|[A-Za-z0-9_:-]*)(\\.(\\*|[A-Za-z0-9_:-]*))*(\\.\\*\\*)?|\\*\\*)");

	private static final String ONE = "*";

	private static final String REST = "**";

	public TopicPattern {
		if (value.length() > 128 || !VALID.matcher(value).matches()) {
			throw new IllegalArgumentException(("Not a pattern of topic names: '%s'. Dots divide it into parts, "
					+ "'*' stands for one part and '**' at the end for one or more.")
				.formatted(value));
		}
	}

	/** Tell whether the name is one of those it stands for. */
	public boolean matches(TopicName topic) {
		String name = topic.value();
		int from = 0;
		int at = 0;
		// Part by part without taking either apart: every publication is asked about.
		while (!this.value.startsWith(REST, from)) {
			int to = endOfPart(this.value, from);
			int end = endOfPart(name, at);
			if (!isOne(from, to) && (to - from != end - at || !this.value.regionMatches(from, name, at, to - from))) {
				return false;
			}
			if (to == this.value.length() || end == name.length()) {
				return to == this.value.length() && end == name.length();
			}
			from = to + 1;
			at = end + 1;
		}
		return true;
	}

	/** Tell whether it stands for every name that the other stands for. */
	public boolean covers(TopicPattern other) {
		return covers(parts(), other.parts());
	}

	private boolean isOne(int from, int to) {
		return to - from == 1 && this.value.startsWith(ONE, from);
	}

	private static int endOfPart(String text, int from) {
		int dot = text.indexOf('.', from);
		return (dot >= 0) ? dot : text.length();
	}

	private List<String> parts() {
		return List.of(this.value.split("\\.", -1));
	}

	private static boolean covers(List<String> pattern, List<String> other) {
		boolean open = pattern.getLast().equals(REST);
		int fixed = open ? pattern.size() - 1 : pattern.size();
		if (open ? other.size() <= fixed : other.size() != fixed || other.getLast().equals(REST)) {
			return false;
		}
		for (int part = 0; part < fixed; part++) {
			boolean same = pattern.get(part).equals(other.get(part));
			boolean any = pattern.get(part).equals(ONE) && !other.get(part).equals(REST);
			if (!same && !any) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
