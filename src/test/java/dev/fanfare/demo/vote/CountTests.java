package dev.fanfare.demo.vote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CountTests {

	private static final long OPENED = 1_000;

	private static final long CLOSES = 100_000;

	private final Count count = new Count();

	private long offset;

	@Test
	void eachVoterCountsOnceAndByTheNewestBallot() {
		open(Kind.SINGLE, 2);
		cast("ada", 1, 0);
		cast("bob", 0, 1);
		cast("ada", 0, 1);

		assertThat(this.count.voters()).isEqualTo(2);
		assertThat(this.count.marks()).containsExactly(List.of(0), List.of(2));
	}

	@Test
	void aVoteKeepsItsNumberWhenItIsChanged() {
		open(Kind.SINGLE, 2);
		cast("ada", 1, 0);
		cast("bob", 1, 0);
		cast("ada", 0, 1);
		cast("eve", 0, 1);

		assertThat(this.count.votes()).extracting(Vote::number).containsExactly(1, 2, 3);
		assertThat(this.count.vote("ada")).get().isEqualTo(new Vote(1, List.of(0, 1), 4, OPENED + 4));
	}

	@Test
	void marksAreCountedByTheirHeight() {
		open(Kind.RATING, 2);
		cast("ada", 5, 0);
		cast("bob", 3, 1);
		cast("eve", 5, 1);

		assertThat(this.count.marks()).containsExactly(List.of(0, 0, 1, 0, 2), List.of(2, 0, 0, 0, 0));
	}

	@Test
	void whatComesAfterTheEndDoesNotCount() {
		open(Kind.SINGLE, 2);
		cast("ada", 1, 0);
		add(CLOSES - 10, new Entry.Closed(true));
		add(CLOSES - 9, new Entry.Cast("bob", List.of(1, 0)));
		add(CLOSES - 8, new Entry.Cast("ada", List.of(0, 1)));
		add(CLOSES + 5, new Entry.Closed(false));

		assertThat(this.count.closed()).isEqualTo(CLOSES - 10);
		assertThat(this.count.marks()).containsExactly(List.of(1), List.of(0));
		assertThat(this.count.offset()).isEqualTo(6);
	}

	@Test
	void whatComesAfterItsTimeDoesNotCountThoughNobodyHasClosedItYet() {
		open(Kind.SINGLE, 2);
		add(CLOSES - 1, new Entry.Cast("ada", List.of(1, 0)));
		add(CLOSES, new Entry.Cast("bob", List.of(1, 0)));
		add(CLOSES + 900, new Entry.Closed(false));

		assertThat(this.count.marks()).containsExactly(List.of(1), List.of(0));
		assertThat(this.count.closed()).isEqualTo(CLOSES);
	}

	@Test
	void aLogThatDoesNotBeginWithAnOpeningIsNoPoll() {
		add(OPENED, new Entry.Cast("ada", List.of(1, 0)));
		add(OPENED, new Entry.Closed(true));

		assertThat(this.count.opened()).isEmpty();
		assertThat(this.count.voters()).isZero();
		assertThat(this.count.isClosed()).isFalse();
	}

	@Test
	void aSecondOpeningChangesNothing() {
		open(Kind.SINGLE, 2);
		cast("ada", 1, 0);
		open(Kind.RATING, 5);

		assertThat(this.count.opened().orElseThrow().poll().kind()).isEqualTo(Kind.SINGLE);
		assertThat(this.count.marks()).containsExactly(List.of(1), List.of(0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anyLogCountsAsItsNewestBallotsDo(Kind kind) {
		int options = 4;
		Random random = new Random(kind.ordinal());
		open(kind, options);
		Map<String, List<Integer>> newest = new LinkedHashMap<>();
		for (int ballot = 0; ballot < 5_000; ballot++) {
			String voter = "voter-" + random.nextInt(700);
			List<Integer> marks = new ArrayList<>(Collections.nCopies(options, 0));
			marks.replaceAll((none) -> random.nextInt(kind.highest() + 1));
			add(OPENED + ballot, new Entry.Cast(voter, marks));
			newest.put(voter, marks);
		}

		assertThat(this.count.voters()).isEqualTo(newest.size());
		for (int option = 0; option < options; option++) {
			for (int mark = 1; mark <= kind.highest(); mark++) {
				int at = option;
				int height = mark;
				assertThat(this.count.marks().get(option).get(mark - 1))
					.isEqualTo((int) newest.values().stream().filter((marks) -> marks.get(at) == height).count());
			}
		}
	}

	private void open(Kind kind, int options) {
		List<String> texts = IntStream.range(0, options).mapToObj((at) -> "option " + at).toList();
		Poll poll = new Poll(new PollId("abcdefgh"), "?", texts, kind, options, Shown.ALWAYS, OPENED, CLOSES);
		add(OPENED, new Entry.Opened(poll, "creator", "key"));
	}

	private void cast(String voter, Integer... marks) {
		add(OPENED + this.offset + 1, new Entry.Cast(voter, List.of(marks)));
	}

	private void add(long time, Entry entry) {
		this.count.add(++this.offset, time, entry);
	}

}
