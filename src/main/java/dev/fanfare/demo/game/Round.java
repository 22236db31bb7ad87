package dev.fanfare.demo.game;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Hold what happens to one question.
 *
 * @param number which one of the match, from 1
 * @param question what is asked
 * @param queue who has buzzed and had no turn yet, in the order of the log; the first one
 * has the turn
 * @param tries who had a turn
 * @param right the answer, once it is shown
 * @param left milliseconds for which the buzzers are open once nobody answers
 */
record Round(int number, AskedQuestion question, List<String> queue, List<Try> tries, @Nullable Integer right,
		long left) {

	Round {
		queue = List.copyOf(queue);
		tries = List.copyOf(tries);
	}

	Round(int number, AskedQuestion question) {
		this(number, question, List.of(), List.of(), null, 0);
	}

	/** Return whose turn it is. */
	@Nullable String turn() {
		return this.queue.isEmpty() ? null : this.queue.getFirst();
	}

	boolean isQueued(String player) {
		return this.queue.contains(player);
	}

	boolean hasTried(String player) {
		return this.tries.stream().anyMatch((each) -> each.player().equals(player));
	}

	/** Tell whether a choice was found wrong. */
	boolean isWrong(int choice) {
		return this.tries.stream()
			.anyMatch((each) -> !each.right() && each.choice() != null && each.choice() == choice);
	}

	Round queue(String player, long left) {
		List<String> longer = new ArrayList<>(this.queue);
		longer.add(player);
		return new Round(this.number, this.question, longer, this.tries, this.right, left);
	}

	/** Note what came of the turn, which is over with it. */
	Round tried(Try last) {
		List<Try> more = new ArrayList<>(this.tries);
		more.add(last);
		return new Round(this.number, this.question, this.queue.subList(1, this.queue.size()), more, this.right,
				this.left);
	}

	Round revealed(@Nullable Integer answer) {
		return new Round(this.number, this.question, List.of(), this.tries, answer, 0);
	}

}
