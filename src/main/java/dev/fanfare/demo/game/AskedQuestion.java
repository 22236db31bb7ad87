package dev.fanfare.demo.game;

import java.util.List;

/**
 * Show a question without its answer.
 *
 * @param id by which the referee finds the answer
 * @param text what is asked
 * @param choices in the order in which they are shown, a new one each time
 */
record AskedQuestion(String id, Text text, List<Text> choices) {

	AskedQuestion {
		choices = List.copyOf(choices);
	}

}
