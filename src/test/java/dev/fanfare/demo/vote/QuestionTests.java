package dev.fanfare.demo.vote;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.fanfare.demo.InvalidPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class QuestionTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

	private static final List<String> OPTIONS = List.of("tea", "coffee", "water");

	@Test
	void whatIsLeftOutIsTheWidest() {
		Poll poll = poll(question(" What? ", OPTIONS, Kind.MULTIPLE, null, null));

		assertThat(poll).isEqualTo(new Poll(new PollId("abcdefgh"), "What?", OPTIONS, Kind.MULTIPLE, 3, Shown.ALWAYS,
				1_000_000, 1_000_000 + Duration.ofDays(7).toMillis()));
	}

	@Test
	void aSingleChoiceIsOneAndARatingAll() {
		assertThat(poll(question("?", OPTIONS, Kind.SINGLE, 3, 60L)).most()).isEqualTo(1);
		assertThat(poll(question("?", OPTIONS, Kind.RATING, 1, 60L)).most()).isEqualTo(3);
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void whatIsWrongIsNamedWithWhatWouldBeRight(Question question, String... words) {
		assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> poll(question))
			.satisfies((refusal) -> assertThat(refusal.getMessage()).contains(words));
	}

	static Stream<Arguments> wrong() {
		List<String> many = IntStream.range(0, 21).mapToObj(Integer::toString).toList();
		return Stream.of(wrong(question(null, OPTIONS, Kind.SINGLE, null, null), "'question'", "missing"),
				wrong(question("  ", OPTIONS, Kind.SINGLE, null, null), "'question'", "0", "1 to 200"),
				wrong(question("x".repeat(201), OPTIONS, Kind.SINGLE, null, null), "201", "1 to 200"),
				wrong(question("a\nb", OPTIONS, Kind.SINGLE, null, null), "'question'", "one line"),
				wrong(question("tea\u202Eeffoc", OPTIONS, Kind.SINGLE, null, null), "'question'", "U+202E"),
				wrong(question("?", List.of("a", "b\u2066"), Kind.SINGLE, null, null), "'options'", "U+2066"),
				wrong(question("?", null, Kind.SINGLE, null, null), "'options'", "missing"),
				wrong(question("?", List.of("a"), Kind.SINGLE, null, null), "'options'", "1 texts", "2 to 20"),
				wrong(question("?", many, Kind.SINGLE, null, null), "21", "2 to 20"),
				wrong(question("?", List.of("a", " a "), Kind.SINGLE, null, null), "'a' twice"),
				wrong(question("?", Arrays.asList("a", null), Kind.SINGLE, null, null), "'options'", "missing"),
				wrong(question("?", List.of("a", "x".repeat(101)), Kind.SINGLE, null, null), "101", "1 to 100"),
				wrong(question("?", OPTIONS, null, null, null), "'kind'", "single, multiple or rating"),
				wrong(question("?", OPTIONS, Kind.MULTIPLE, 4, null), "'most' is 4", "1 to 3"),
				wrong(question("?", OPTIONS, Kind.MULTIPLE, 0, null), "'most' is 0", "1 to 3"),
				wrong(question("?", OPTIONS, Kind.SINGLE, null, 4L), "'seconds' is 4", "5 to 604800"),
				wrong(question("?", OPTIONS, Kind.SINGLE, null, Long.MAX_VALUE), "5 to 604800"));
	}

	@ParameterizedTest
	@MethodSource("ballots")
	void aBallotHasToFitThePoll(Kind kind, @Nullable List<@Nullable Integer> marks, @Nullable String wrong) {
		Poll poll = poll(question("?", OPTIONS, kind, 2, null));
		Ballot ballot = new Ballot(marks);

		if (wrong == null) {
			assertThat(ballot.marksFor(poll)).isEqualTo(marks);
		}
		else {
			assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> ballot.marksFor(poll))
				.withMessageContaining(wrong);
		}
	}

	static Stream<Arguments> ballots() {
		return Stream.of(arguments(Kind.SINGLE, List.of(0, 1, 0), null),
				arguments(Kind.SINGLE, List.of(1, 1, 0), "2 options marked; it must be 1."),
				arguments(Kind.SINGLE, List.of(0, 0, 0), "0 options marked"),
				arguments(Kind.SINGLE, List.of(0, 2, 0), "has 2; each must be 0 (none) to 1"),
				arguments(Kind.SINGLE, List.of(0, -1, 0), "has -1"),
				arguments(Kind.SINGLE, List.of(0, 1), "2 numbers; it must have 3"),
				arguments(Kind.SINGLE, Collections.nCopies(3, null), "has null"),
				arguments(Kind.SINGLE, null, "'marks' is missing"), arguments(Kind.MULTIPLE, List.of(1, 1, 0), null),
				arguments(Kind.MULTIPLE, List.of(1, 1, 1), "3 options marked; it must be 1 to 2."),
				arguments(Kind.RATING, List.of(5, 1, 3), null), arguments(Kind.RATING, List.of(0, 0, 1), null),
				arguments(Kind.RATING, List.of(6, 1, 3), "has 6; each must be 0 (none) to 5"));
	}

	private static Question question(@Nullable String question, @Nullable List<@Nullable String> options,
			@Nullable Kind kind, @Nullable Integer most, @Nullable Long seconds) {
		return new Question(question, options, kind, most, null, seconds);
	}

	private static Poll poll(Question question) {
		return question.poll(new PollId("abcdefgh"), NOW, Duration.ofDays(7));
	}

	private static Arguments wrong(Question question, String... words) {
		return arguments(question, words);
	}

}
