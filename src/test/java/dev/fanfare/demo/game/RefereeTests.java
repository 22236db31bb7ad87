package dev.fanfare.demo.game;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.fanfare.demo.game.GameRefused.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rules of the quiz, without a server. */
class RefereeTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void aMatchGoesFromTheLobbyToTheEndByItself() {
		Match match = Match.of(2, "ada", "bob");
		match.accept(match.referee.start(match.state, "ada"));

		assertThat(phaseAfter(match, 3)).isEqualTo(Phase.READING);
		assertThat(phaseAfter(match, 3)).isEqualTo(Phase.OPEN);
		assertThat(phaseAfter(match, 12)).isEqualTo(Phase.REVEALED);
		assertThat(phaseAfter(match, 5)).isEqualTo(Phase.READING);
		assertThat(match.round().number()).isEqualTo(2);
		phaseAfter(match, 3);
		phaseAfter(match, 12);
		assertThat(phaseAfter(match, 5)).isEqualTo(Phase.OVER);
		assertThat(match.state.asked()).hasSize(2).doesNotHaveDuplicates();
		assertThat(match.state.until()).isZero();
	}

	@Test
	void aRightAnswerScoresAndShowsItAtOnce() {
		Match match = Match.open(1, "ada", "bob").buzz("bob").buzz("ada");

		match.answer("bob", match.right());

		assertThat(match.player("bob")).returns(Referee.RIGHT, Player::score).returns(1, Player::solved);
		assertThat(match.player("ada").score()).isZero();
		assertThat(match.state.phase()).isEqualTo(Phase.REVEALED);
		assertThat(match.round().right()).isEqualTo(match.right());
	}

	@Test
	void aWrongAnswerCostsAndTheNextInTheQueueHasAllOfTheTime() {
		Match match = Match.open(1, "ada", "bob", "eve").buzz("bob").buzz("eve").buzz("ada");
		match.now += 7000;

		match.answer("bob", match.wrong());

		assertThat(match.player("bob").score()).isEqualTo(Referee.WRONG);
		assertThat(match.round().turn()).isEqualTo("eve");
		assertThat(match.state.until()).isEqualTo(match.now + 8000);
		assertThat(match.round().right()).isNull();
	}

	@Test
	void whoLetsTheTimeRunOutHasHadTheTry() {
		Match match = Match.open(1, "ada", "bob").buzz("bob");

		match.passes(Duration.ofSeconds(8));

		assertThat(match.player("bob").score()).isEqualTo(Referee.WRONG);
		assertThat(match.round().tries()).containsExactly(new Try("bob", null, false, Referee.WRONG));
		assertThat(match.state.phase()).isEqualTo(Phase.OPEN);
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "bob", 1, match.now)))
			.isEqualTo(Reason.LOCKED_OUT);
	}

	@Test
	void afterAWrongAnswerTheBuzzersAreOpenForWhatWasLeft() {
		Match match = Match.open(1, "ada", "bob");
		match.now += 4000;
		match.buzz("ada");
		match.now += 5000;

		match.answer("ada", match.wrong());

		assertThat(match.state.until()).isEqualTo(match.now + 8000);
	}

	@Test
	void afterThreeWrongAnswersTheOnlyChoiceLeftIsShown() {
		Match match = Match.open(1, "ada", "bob", "eve", "joe").buzz("ada").buzz("bob").buzz("eve").buzz("joe");

		match.answer("ada", match.wrong()).answer("bob", match.wrong()).answer("eve", match.wrong());

		assertThat(match.state.phase()).isEqualTo(Phase.REVEALED);
		assertThat(match.player("joe").score()).isZero();
	}

	@Test
	void movesOfAnotherMomentAreRefused() {
		Match match = Match.of(2, "ada", "bob");

		assertThat(reason(() -> match.referee.requireBuzz(match.state, "ada", 1, match.now)))
			.isEqualTo(Reason.TOO_EARLY);
		match.accept(match.referee.start(match.state, "ada")).passes(Duration.ofSeconds(3));
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "ada", 1, match.now)))
			.isEqualTo(Reason.TOO_EARLY);
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "ada", 2, match.now)))
			.isEqualTo(Reason.TOO_EARLY);
		match.passes(Duration.ofSeconds(3));
		match.referee.requireBuzz(match.state, "ada", 1, match.now);
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "ada", 1, match.now + 12_001)))
			.isEqualTo(Reason.TOO_LATE);
		assertThat(reason(() -> match.referee.answer(match.state, "ada", 1, 0, match.now)))
			.isEqualTo(Reason.NOT_YOUR_TURN);
		match.passes(LONG);
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "ada", 1, match.now)))
			.isEqualTo(Reason.TOO_LATE);
		assertThat(reason(() -> match.referee.answer(match.state, "ada", 1, 0, match.now))).isEqualTo(Reason.TOO_LATE);
	}

	@Test
	void forgedMovesAreRefused() {
		Match match = Match.open(1, "ada", "bob").buzz("ada");

		assertThat(reason(() -> match.referee.answer(match.state, "bob", 1, 0, match.now)))
			.isEqualTo(Reason.NOT_YOUR_TURN);
		assertThat(reason(() -> match.referee.answer(match.state, "eve", 1, 0, match.now))).isEqualTo(Reason.NO_SEAT);
		assertThat(reason(() -> match.referee.requireBuzz(match.state, "eve", 1, match.now))).isEqualTo(Reason.NO_SEAT);
		for (int choice : List.of(-1, 4, Integer.MAX_VALUE)) {
			assertThat(reason(() -> match.referee.answer(match.state, "ada", 1, choice, match.now)))
				.isEqualTo(Reason.INVALID_CHOICE);
		}
		assertThat(reason(() -> match.referee.answer(match.state, "ada", 1, 0, match.now + 8001)))
			.isEqualTo(Reason.TOO_LATE);
		assertThat(reason(() -> match.referee.again(match.state, "ada"))).isEqualTo(Reason.NOT_OVER);
		assertThat(reason(() -> match.referee.start(match.state, "ada"))).isEqualTo(Reason.ALREADY_STARTED);
		assertThat(reason(() -> match.referee.begin(Kind.PRIVATE, 21, "ada"))).isEqualTo(Reason.INVALID_ROUNDS);
		assertThat(reason(() -> match.referee.begin(Kind.PRIVATE, 0, "ada"))).isEqualTo(Reason.INVALID_ROUNDS);
	}

	@Test
	void aChoiceThatWasFoundWrongIsNotTriedAgain() {
		Match match = Match.open(1, "ada", "bob").buzz("ada").buzz("bob");
		int wrong = match.wrong();
		match.answer("ada", wrong);

		assertThat(reason(() -> match.referee.answer(match.state, "bob", 1, wrong, match.now)))
			.isEqualTo(Reason.WRONG_CHOICE);
		assertThat(match.state.hasTurn(1, "bob")).isTrue();
	}

	@Test
	void onlyTheHostStartsUnlessItIsAway() {
		Match match = Match.of(1, "ada", "bob", "eve");

		assertThat(reason(() -> match.referee.start(match.state, "bob"))).isEqualTo(Reason.NOT_HOST);
		assertThat(reason(() -> match.referee.start(match.state, "joe"))).isEqualTo(Reason.NO_SEAT);
		match.accept(new GameEvent.Away("ada"));
		assertThat(match.referee.start(match.state, "bob")).hasOnlyElementsOfType(GameEvent.Starting.class);
		match.accept(new GameEvent.Away("eve"));
		assertThat(reason(() -> match.referee.start(match.state, "bob"))).isEqualTo(Reason.TOO_FEW_PLAYERS);
	}

	@Test
	void aQuickMatchStartsWithTwoAndWaitsAgainWhenOneLeaves() {
		Match match = new Match();
		match.accept(match.referee.begin(Kind.QUICK, 1, null)).accept(new GameEvent.Joined("ada", "Ada"));
		assertThat(match.due()).isEmpty();

		match.accept(new GameEvent.Joined("bob", "Bob")).passes(Duration.ZERO);
		assertThat(match.state.phase()).isEqualTo(Phase.STARTING);
		match.accept(new GameEvent.Left("bob")).passes(Duration.ofSeconds(12));
		assertThat(match.state.phase()).isEqualTo(Phase.LOBBY);
		match.accept(new GameEvent.Joined("eve", "Eve")).passes(Duration.ZERO).passes(Duration.ofSeconds(12));
		assertThat(match.state.phase()).isEqualTo(Phase.READING);
	}

	@Test
	void aRematchKeepsTheSeatsAndAsksOtherQuestions() {
		Match match = Match.open(1, "ada", "bob").buzz("ada");
		match.answer("ada", match.right()).passes(Duration.ofSeconds(5));

		match.accept(match.referee.again(match.state, "bob")).passes(Duration.ofSeconds(3));

		assertThat(match.state.phase()).isEqualTo(Phase.READING);
		assertThat(match.state.players()).extracting(Player::id).containsExactly("ada", "bob");
		assertThat(match.state.players()).extracting(Player::score).containsOnly(0);
		assertThat(match.state.asked()).hasSize(2).doesNotHaveDuplicates();
	}

	@Test
	void whatNobodyUsesIsClosed() {
		Match lobby = Match.of(1, "ada");
		lobby.now += Duration.ofMinutes(30).toMillis() - 1;
		assertThat(lobby.due()).isEmpty();
		lobby.now++;
		assertThat(lobby.due()).containsExactly(new GameEvent.Closed());
		assertThat(lobby.accept(lobby.due()).state.exists()).isFalse();
	}

	@Test
	void aQuestionThatIsNoLongerKnownIsLeftOut() {
		Match match = Match.open(1, "ada", "bob");
		Referee later = new Referee(Match.PROPERTIES, new Questions(List.of(Match.question("new")), new Random(1)));

		assertThat(later.next(match.state, match.now)).singleElement()
			.isInstanceOfSatisfying(GameEvent.Revealed.class, (revealed) -> assertThat(revealed.right()).isNull());
	}

	private static Phase phaseAfter(Match match, int seconds) {
		return match.passes(Duration.ofSeconds(seconds)).state.phase();
	}

	private static Reason reason(ThrowingCallable move) {
		var refused = new Object() {

			Reason reason;

		};
		assertThatThrownBy(move).isInstanceOfSatisfying(GameRefused.class, (ex) -> {
			refused.reason = ex.reason();
			assertThat(ex.getMessage()).endsWith(".");
		});
		return refused.reason;
	}

}
