package dev.fanfare.demo.game;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QuestionsTests {

	private static final List<Question> BUILT_IN = Questions.builtIn(JsonMapper.shared());

	@Test
	void thereAreEnoughForTwoLongMatchesInBothLanguages() {
		assertThat(BUILT_IN).hasSizeGreaterThanOrEqualTo(2 * Referee.MOST_ROUNDS);
		assertThat(BUILT_IN).extracting(Question::id).doesNotHaveDuplicates();
		assertThat(BUILT_IN).allSatisfy((question) -> {
			assertThat(question.text().en()).endsWith("?").hasSizeLessThan(90);
			assertThat(question.text().zh()).endsWith("？").containsPattern("\\p{IsHan}");
		});
	}

	@Test
	void eachIsAskedOnceBeforeAnyIsAskedAgain() {
		Questions questions = new Questions(BUILT_IN, new Random(1));
		List<String> asked = new ArrayList<>();
		for (int count = 0; count < questions.size(); count++) {
			asked.add(questions.draw(asked).id());
		}

		assertThat(asked).doesNotHaveDuplicates();
		assertThat(asked).contains(questions.draw(asked).id());
	}

	@Test
	void thePlaceOfTheAnswerSaysNothing() {
		Questions questions = new Questions(BUILT_IN, new Random(1));

		var places = IntStream.range(0, 1000)
			.mapToObj((count) -> questions.right(questions.draw(List.of())))
			.collect(Collectors.groupingBy((place) -> place, Collectors.counting()));

		assertThat(places.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
		assertThat(places.values()).allSatisfy((count) -> assertThat(count).isBetween(180L, 320L));
	}

	@Test
	void whatIsNoLongerKnownHasNoAnswer() {
		AskedQuestion asked = Match.question("gone").ask(new Random(1));

		assertThat(new Questions(BUILT_IN, new Random(1)).right(asked)).isEqualTo(Questions.UNKNOWN);
	}

	@Test
	void aQuestionHasFourDifferentChoices() {
		Text same = new Text("Same", "同");

		assertThatIllegalArgumentException().isThrownBy(() -> new Question("id", same, List.of(same, same, same, same)))
			.withMessageContaining("'id'");
	}

}
