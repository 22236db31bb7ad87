package dev.fanfare.demo.vote;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Write how a poll stands as tables. */
final class Export {

	private Export() {
	}

	/** Write a line for each option. */
	static byte[] results(Poll poll, Count count) {
		Csv csv = new Csv();
		if (poll.kind() == Kind.RATING) {
			csv.line("option", "ratings", "average", "1", "2", "3", "4", "5");
		}
		else {
			csv.line("option", "votes", "percent of voters");
		}
		List<List<Integer>> marks = count.marks();
		for (int option = 0; option < marks.size(); option++) {
			csv.line(line(poll, option, marks.get(option), count.voters()));
		}
		return csv.bytes();
	}

	/** Write a line for each vote that counts, without who cast it. */
	static byte[] votes(Poll poll, List<Vote> votes) {
		Csv csv = new Csv();
		List<Object> heading = new ArrayList<>(List.of("no.", "time"));
		heading.addAll(poll.options());
		csv.line(heading.toArray());
		for (Vote vote : votes) {
			List<Object> line = new ArrayList<>(List.of(vote.number(), Instant.ofEpochMilli(vote.time())));
			line.addAll(vote.marks());
			csv.line(line.toArray());
		}
		return csv.bytes();
	}

	private static Object[] line(Poll poll, int option, List<Integer> marks, int voters) {
		int ballots = marks.stream().mapToInt(Integer::intValue).sum();
		List<Object> line = new ArrayList<>(List.of(poll.options().get(option), ballots));
		if (poll.kind() == Kind.RATING) {
			int stars = IntStream.range(0, marks.size()).map((at) -> (at + 1) * marks.get(at)).sum();
			line.add(ratio(stars, ballots, 100));
			line.addAll(marks);
		}
		else {
			line.add(ratio(100 * ballots, voters, 10));
		}
		return line.toArray();
	}

	/** Divide, and round to a part of one; nothing by nothing is nothing. */
	private static double ratio(int dividend, int divisor, int parts) {
		return (divisor > 0) ? Math.round((double) dividend * parts / divisor) / (double) parts : 0;
	}

}
