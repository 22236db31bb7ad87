package dev.fanfare.demo.game;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Hold a question of the built-in set.
 *
 * @param id the same in all versions of the set
 * @param text what is asked
 * @param choices four of them, the right one first
 */
record Question(String id, Text text, List<Text> choices) {

	static final int CHOICES = 4;

	Question {
		choices = List.copyOf(choices);
		if (choices.size() != CHOICES || choices.stream().map(Text::en).distinct().count() != CHOICES
				|| choices.stream().map(Text::zh).distinct().count() != CHOICES) {
			throw new IllegalArgumentException("Question '%s' must have %d different choices".formatted(id, CHOICES));
		}
	}

	/** Return the question as it is asked: the order says nothing about the answer. */
	AskedQuestion ask(Random random) {
		List<Text> shuffled = new ArrayList<>(this.choices);
		Collections.shuffle(shuffled, random);
		return new AskedQuestion(this.id, this.text, shuffled);
	}

	/** Return which of the choices is right where they were shown in another order. */
	int right(AskedQuestion asked) {
		return asked.choices().indexOf(this.choices.getFirst());
	}

}
