package dev.fanfare.topic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/** Read times as people and programs write them. */
public final class Times {

	/** Shows what is read. */
	public static final String EXAMPLE = "2026-08-01T10:00Z, or seconds or milliseconds since 1970";

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,14}");

	/** Seconds have no more digits for the next thousand years. */
	private static final int MOST_DIGITS_OF_SECONDS = 11;

	private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd['T'HH:mm[:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.appendPattern("][XXX]]")
		.toFormatter(Locale.ROOT);

	private Times() {
	}

	/**
	 * Read a time: ISO 8601, in UTC where it names no zone, or seconds or milliseconds
	 * since 1970.
	 * @throws DateTimeException if it is none
	 */
	public static Instant parse(String text) {
		if (NUMBER.matcher(text).matches()) {
			long number = Long.parseLong(text);
			return (text.length() <= MOST_DIGITS_OF_SECONDS) ? Instant.ofEpochSecond(number)
					: Instant.ofEpochMilli(number);
		}
		return switch (ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
			case OffsetDateTime zoned -> zoned.toInstant();
			case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
			case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
			default -> throw new DateTimeException("Not a time: '%s'".formatted(text));
		};
	}

}
