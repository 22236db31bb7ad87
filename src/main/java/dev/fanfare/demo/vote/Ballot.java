package dev.fanfare.demo.vote;

import java.util.List;

import dev.fanfare.demo.InvalidPayload;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a voter casts, as it is sent.
 *
 * @param marks one for each option, 0 for none
 */
record Ballot(@Nullable List<@Nullable Integer> marks) {

	/**
	 * Return the marks, which the poll allows.
	 * @throws InvalidPayload if it does not, saying what would be right
	 */
	List<Integer> marksFor(Poll poll) {
		if (this.marks == null) {
			throw new InvalidPayload("'marks' is missing; it must be a list of numbers, one for each option.");
		}
		return poll.require(this.marks);
	}

}
