package dev.fanfare.stomp;

import dev.fanfare.topic.ErrorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StompVersionTests {

	@ParameterizedTest
	@CsvSource(value = { "1.0;V1_0", "1.1;V1_1", "1.2;V1_2", "1.0,1.1,1.2;V1_2", "1.2,1.0;V1_2", "1.0, 1.1;V1_1",
			"1.1,2.0;V1_1", "null;V1_0" }, delimiter = ';', nullValues = "null")
	void theHighestVersionInCommonIsAgreed(@Nullable String accepted, StompVersion agreed) {
		assertThat(StompVersion.negotiate(accepted)).contains(agreed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2.0", "1", "1.2.0", "1.2;1.1", "v1.2" })
	void noVersionInCommonIsNone(String accepted) {
		assertThat(StompVersion.negotiate(accepted)).isEmpty();
	}

	@Test
	void aSubProtocolNamesTheVersion() {
		assertThat(StompVersion.V1_0.subProtocol()).isEqualTo("v10.stomp");
		assertThat(StompVersion.V1_1.subProtocol()).isEqualTo("v11.stomp");
		assertThat(StompVersion.V1_2.subProtocol()).isEqualTo("v12.stomp");
	}

	@Test
	void eachVersionEscapesWhatItDefines() {
		String text = "a:b\\c\nd\re";

		assertThat(StompVersion.V1_2.escape(text)).isEqualTo("a\\cb\\\\c\\nd\\re");
		assertThat(StompVersion.V1_1.escape(text)).isEqualTo("a\\cb\\\\c\\nd e");
		assertThat(StompVersion.V1_0.escape(text)).isEqualTo("a:b\\c d e");
	}

	@ParameterizedTest
	@EnumSource
	void textWithoutSpecialCharactersIsWrittenAsItIs(StompVersion version) {
		assertThat(version.escape("plain, 你好 \t|/")).isEqualTo("plain, 你好 \t|/");
		assertThat(version.unescape("plain, 你好 \t|/")).isEqualTo("plain, 你好 \t|/");
	}

	@Test
	void aColonInANameCannotBeginItsValue() {
		assertThat(StompVersion.V1_2.escapeName("content-length:5")).isEqualTo("content-length\\c5");
		assertThat(StompVersion.V1_1.escapeName("content-length:5")).isEqualTo("content-length\\c5");
		assertThat(StompVersion.V1_0.escapeName("content-length:5")).isEqualTo("content-length 5");
	}

	@ParameterizedTest
	@EnumSource
	void aNulWhichWouldEndTheFrameBecomesASpace(StompVersion version) {
		assertThat(version.escape("text/plain\0ERROR")).isEqualTo("text/plain ERROR");
	}

	@ParameterizedTest
	@EnumSource(names = "V1_0", mode = EnumSource.Mode.EXCLUDE)
	void escapesAreReadOnceFromTheLeft(StompVersion version) {
		assertThat(version.unescape("\\\\n\\\\\\n\\c\\\\c")).isEqualTo("\\n\\\n:\\c");
	}

	@Test
	void theOldestVersionKnowsNoEscapes() {
		assertThat(StompVersion.V1_0.unescape("\\n\\c\\t\\")).isEqualTo("\\n\\c\\t\\");
	}

	@ParameterizedTest
	@CsvSource({ "V1_2, \\t", "V1_2, a\\", "V1_2, \\N", "V1_2, \\:", "V1_1, \\r", "V1_1, \\t" })
	void anEscapeThatIsNotDefinedIsRefused(StompVersion version, String text) {
		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> version.unescape(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining(version.number())
			.extracting(ProtocolViolation::type)
			.isEqualTo(ErrorType.INVALID_HEADER);
	}

}
