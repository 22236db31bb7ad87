package dev.fanfare.demo.vote;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.demo.InvalidPayload;
import org.jspecify.annotations.Nullable;

/**
 * Say what is asked; it never changes.
 *
 * @param options 2 to 20, each different
 * @param most how many options a ballot may mark
 * @param shown who sees the counts before it is closed
 * @param opened when it was asked, in milliseconds since 1970
 * @param closes from when on no ballot counts, in milliseconds since 1970
 */
record Poll(PollId id, String question, List<String> options, Kind kind, int most, Shown shown, long opened,
		long closes) {

	Poll {
		options = List.copyOf(options);
	}

	/**
	 * Return marks that a ballot of this poll can have.
	 * @throws InvalidPayload if it cannot, saying what would be right
	 */
	List<Integer> require(List<@Nullable Integer> marks) {
		if (marks.size() != this.options.size()) {
			throw new InvalidPayload("'marks' has %d numbers; it must have %d, one for each option."
				.formatted(marks.size(), this.options.size()));
		}
		List<Integer> valid = new ArrayList<>(marks.size());
		int marked = 0;
		for (Integer mark : marks) {
			if (mark == null || mark < 0 || mark > this.kind.highest()) {
				throw new InvalidPayload(
						"'marks' has %s; each must be 0 (none) to %d.".formatted(mark, this.kind.highest()));
			}
			valid.add(mark);
			marked += (mark > 0) ? 1 : 0;
		}
		if (marked < 1 || marked > this.most) {
			throw new InvalidPayload("'marks' has %d options marked; it must be %s.".formatted(marked,
					(this.most == 1) ? "1" : "1 to " + this.most));
		}
		return valid;
	}

}
