package dev.fanfare.stomp;

import java.time.Duration;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeartbeatTests {

	@ParameterizedTest(name = "a client''s {0} and the server''s {1}")
	@CsvSource(delimiter = ';', nullValues = "null",
			value = { "null; 10000; 0; 0", "0,0; 10000; 0; 0", "5000,20000; 10000; 20000; 10000",
					"20000,5000; 10000; 10000; 20000", "0,1; 10000; 10000; 0", "1,0; 10000; 0; 10000",
					"5000,5000; 0; 0; 0", "999999999,999999999; 1000; 999999999; 999999999" })
	void eachSideBeatsAtTheLongerOfBothIntervals(@Nullable String header, long own, long send, long expect) {
		Heartbeat agreed = Heartbeat.agree(header, Duration.ofMillis(own));

		assertThat(agreed).isEqualTo(new Heartbeat(Duration.ofMillis(send), Duration.ofMillis(expect)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "1000", "1000,", ",1000", "a,b", "-1,0", "1000, 1000", "1,2,3", "1.5,0", "9999999999,0" })
	void whatIsNotTwoNumbersOfMillisecondsIsRefused(String header) {
		assertThatExceptionOfType(ProtocolViolation.class)
			.isThrownBy(() -> Heartbeat.agree(header, Duration.ofSeconds(10)))
			.withMessageContaining("'" + header + "'")
			.extracting(ProtocolViolation::type)
			.isEqualTo(ErrorType.INVALID_HEADER);
	}

	@Test
	void aBeatIsDueBeforeTheIntervalIsOver() {
		Heartbeat everySecond = new Heartbeat(Duration.ofSeconds(1), Duration.ZERO);

		assertThat(everySecond.isDue(Duration.ofMillis(500).toNanos())).isFalse();
		// Looked at ten times a second, it still goes out in time.
		assertThat(everySecond.isDue(Duration.ofMillis(850).toNanos())).isTrue();
	}

	@Test
	void aClientIsMissedWhenItWasSilentForTwiceItsInterval() {
		Heartbeat everySecond = new Heartbeat(Duration.ZERO, Duration.ofSeconds(1));

		assertThat(everySecond.isMissed(Duration.ofSeconds(2).toNanos())).isFalse();
		assertThat(everySecond.isMissed(Duration.ofMillis(2001).toNanos())).isTrue();
	}

	@Test
	void nobodyIsWaitedForWhereNothingWasAgreed() {
		assertThat(Heartbeat.NONE.isDue(Long.MAX_VALUE)).isFalse();
		assertThat(Heartbeat.NONE.isMissed(Long.MAX_VALUE)).isFalse();
	}

}
