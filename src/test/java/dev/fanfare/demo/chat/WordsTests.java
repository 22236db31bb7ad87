package dev.fanfare.demo.chat;

import dev.fanfare.demo.InvalidPayload;
import dev.fanfare.topic.InvalidPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WordsTests {

	@ParameterizedTest
	@ValueSource(strings = { "Ada", "李雷", "Zoë", "👩‍💻", "O'Brien <b>", "12345678901234567890123456789012" })
	void aNameMayBeAnythingThatCanBeSeen(String name) {
		assertThat(Words.name("  " + name + "\n")).isEqualTo(name);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "  ", "123456789012345678901234567890123", "a\tb", "a\u202Eb", "a\u200Bb", "\uE000",
			"\uD800" })
	void aNameThatCannotBeSeenOrIsTooLongIsRefused(@Nullable String name) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> Words.name(name))
			.withMessageStartingWith("'name' ");
	}

	@Test
	void aTextKeepsItsLinesAndLosesWhatIsAroundThem() {
		assertThat(Words.text("\n one\r\n\ttwo 👩‍💻 \n")).isEqualTo("one\n\ttwo 👩‍💻");
		assertThat(Words.text("x".repeat(4000))).hasSize(4000);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " \n ", "a\u0000b", "bell\u0007", "half \uD83D", "turned \u202E round" })
	void aTextThatSaysNothingOrIsNotForReadingIsRefused(@Nullable String text) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> Words.text(text))
			.withMessageStartingWith("'text' ");
	}

	@Test
	void aTextThatIsTooLongIsToldHowLongItMayBe() {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> Words.text("x".repeat(4001)))
			.withMessage("'text' has 4001 characters; it may have 4000.");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "short", "with spaces in it!", "a/b/c/d/e/f/g/h/i/j" })
	void anIdIsHardToMeetByChance(@Nullable String id) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> Words.id(id))
			.withMessageStartingWith("'id' ")
			.withMessageContaining((id != null) ? id : "missing");
	}

	@Test
	void aPositionIsOne() {
		assertThat(Words.position("5f1c09aa:0007")).isEqualTo("5f1c09aa:7");
		assertThatExceptionOfType(InvalidPosition.class).isThrownBy(() -> Words.position("seven"));
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> Words.position(null));
	}

}
