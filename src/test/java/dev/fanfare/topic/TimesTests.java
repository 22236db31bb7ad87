package dev.fanfare.topic;

import java.time.DateTimeException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimesTests {

	@ParameterizedTest
	@CsvSource({ "2026-08-01T10:00Z, 2026-08-01T10:00:00Z", "2026-08-01T10:00:05Z, 2026-08-01T10:00:05Z",
			"2026-08-01T10:00:05.5Z, 2026-08-01T10:00:05.500Z",
			"2026-08-01T10:00:05.123456789Z, 2026-08-01T10:00:05.123456789Z",
			"2026-08-01T10:00+02:00, 2026-08-01T08:00:00Z", "2026-08-01T10:00, 2026-08-01T10:00:00Z",
			"2026-08-01, 2026-08-01T00:00:00Z", "1785578400, 2026-08-01T10:00:00Z",
			"1785578400123, 2026-08-01T10:00:00.123Z", "0, 1970-01-01T00:00:00Z" })
	void aTimeIsReadAsItIsMeant(String text, Instant time) {
		assertThat(Times.parse(text)).isEqualTo(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "10:00", "2026-08-32", "2026-08-01T25:00Z", "-5", "1.5",
			"999999999999999", "2026-08-01T10:00:00ZZ" })
	void whatIsNoTimeIsRefused(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Times.parse(text));
	}

	@Test
	void whatAnInstantIsWrittenAsIsRead() {
		Instant time = Instant.ofEpochMilli(1785578400120L);

		assertThat(Times.parse(time.toString())).isEqualTo(time);
	}

}
