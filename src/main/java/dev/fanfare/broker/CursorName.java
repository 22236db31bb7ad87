package dev.fanfare.broker;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Name a durable subscription.
 *
 * @param owner whose it is: {@code user:NAME}, {@code user:NAME/ID} or {@code client:ID}
 * @param name what the owner calls it; both have 1 to 128 characters, and no control
 * characters
 */
public record CursorName(String owner, String name) implements Comparable<CursorName> {

	private static final Pattern VALID = Pattern.compile("[^\\p{Cntrl}]{1,128}");

	private static final Comparator<CursorName> ORDER = Comparator.comparing(CursorName::owner)
		.thenComparing(CursorName::name);

	public CursorName {
		if (!VALID.matcher(owner).matches() || !VALID.matcher(name).matches()) {
			throw new InvalidCursorName(owner, name);
		}
	}

	@Override
	public int compareTo(CursorName other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.owner + "/" + this.name;
	}

}
