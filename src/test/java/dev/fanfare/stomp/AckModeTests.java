package dev.fanfare.stomp;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AckModeTests {

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "null, AUTO", "auto, AUTO", "client, CLIENT", "client-individual, CLIENT_INDIVIDUAL" })
	void theModeIsTheOneAskedForAndElseAuto(@Nullable String header, AckMode mode) {
		assertThat(AckMode.of(header)).isEqualTo(mode);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AUTO", "client_individual", "none", " client" })
	void aModeThatThereIsNotIsRefused(String header) {
		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> AckMode.of(header))
			.withMessageContaining("'" + header + "'")
			.withMessageContaining("auto, client or client-individual")
			.extracting(ProtocolViolation::type)
			.isEqualTo(ErrorType.INVALID_HEADER);
	}

}
