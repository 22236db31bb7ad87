package dev.fanfare.demo.game;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the log says is what counts. */
class GameStateTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void theOrderOfTheLogIsTheOrderOfTheBuzzes() {
		Match match = Match.open(1, "ada", "bob", "eve").buzz("eve").buzz("ada").buzz("eve").buzz("bob");

		assertThat(match.round().queue()).containsExactly("eve", "ada", "bob");
		assertThat(match.round().turn()).isEqualTo("eve");
	}

	@Test
	void whatComesTooLateChangesNothing() {
		Match match = Match.open(2, "ada", "bob").buzz("ada");
		match.answer("ada", match.right());
		GameState revealed = match.state;

		for (GameEvent late : List.of(new GameEvent.Buzzed(1, "bob"), new GameEvent.Answered(1, "bob", 0, true, 10),
				new GameEvent.Answered(1, "ada", 0, true, 10), new GameEvent.Opened(1, 100),
				new GameEvent.Revealed(1, 2, 100), new GameEvent.Starting(10), new GameEvent.Waiting(),
				new GameEvent.Asked(1, match.round().question(), 100),
				new GameEvent.Asked(3, match.round().question(), 100), new GameEvent.Joined("ada", "Other"),
				new GameEvent.Joined("joe", "NAME OF BOB"), new GameEvent.Back("ada"), new GameEvent.Away("nobody"),
				new GameEvent.Left("nobody"))) {
			assertThat(revealed.after(late, match.now)).as(late.toString()).isSameAs(revealed);
		}
	}

	@Test
	void ofTwoWhoWantTheLastSeatTheFirstInTheLogHasIt() {
		Match match = Match.of(1, "a", "b", "c");

		match.accept(new GameEvent.Joined("d", "Dora"), new GameEvent.Joined("e", "Emil"));

		assertThat(match.state.isSeated("d")).isTrue();
		assertThat(match.state.isSeated("e")).isFalse();
	}

	@Test
	void aSeatIsKeptWhoeverDropsOut() {
		Match match = Match.open(1, "ada", "bob").buzz("bob");

		match.accept(new GameEvent.Away("bob"));
		assertThat(match.player("bob").present()).isFalse();
		assertThat(match.round().turn()).isEqualTo("bob");
		match.accept(new GameEvent.Back("bob"));
		match.answer("bob", match.right());

		assertThat(match.player("bob")).returns(true, Player::present).returns(Referee.RIGHT, Player::score);
	}

	@Test
	void leavingFreesTheSeatBeforeTheFirstQuestionAndKeepsTheScoreAfterwards() {
		Match match = Match.of(1, "ada", "bob", "eve").accept(new GameEvent.Left("ada"));
		assertThat(match.state.isSeated("ada")).isFalse();
		assertThat(match.state.host()).isEqualTo("bob");

		match.accept(match.referee.start(match.state, "bob")).passes(Duration.ofSeconds(3));
		match.accept(new GameEvent.Left("eve"));
		assertThat(match.player("eve").present()).isFalse();
	}

	@Test
	void afterARestartEverybodyIsAwayAndThePhaseBeginsAgain() {
		Match match = Match.open(1, "ada", "bob").buzz("bob");
		match.now += 60_000;

		match.accept(new GameEvent.Restarted(5000));

		assertThat(match.state.present()).isZero();
		assertThat(match.round().turn()).isEqualTo("bob");
		assertThat(match.state.until()).isEqualTo(match.now + 5000 + 8000);
		assertThat(match.due()).isEmpty();
	}

	@Test
	void theLogWrittenAsJsonFoldsToTheSameState() {
		Match match = Match.open(2, "ada", "bob", "eve").buzz("ada").buzz("eve").accept(new GameEvent.Away("bob"));
		match.answer("ada", match.wrong()).passes(Duration.ofSeconds(8));
		while (match.state.phase() != Phase.OVER) {
			match.passes(Duration.ofSeconds(12));
		}
		match.accept(match.referee.again(match.state, "eve"));
		long[] times = IntStream.range(0, match.log().size()).mapToLong((at) -> at).toArray();

		GameState folded = GameState.NONE;
		GameState read = GameState.NONE;
		for (int at = 0; at < times.length; at++) {
			GameEvent event = match.log().get(at);
			byte[] json = JSON.writerFor(GameEvent.class).writeValueAsBytes(event);
			folded = folded.after(event, times[at]);
			read = read.after(JSON.readValue(json, GameEvent.class), times[at]);
		}

		assertThat(match.log()).hasSizeGreaterThan(15);
		assertThat(read).isEqualTo(folded);
		assertThat(JSON.readValue(JSON.writeValueAsBytes(read), GameState.class)).isEqualTo(read);
	}

	/** The same match is folded by the page's tests, in state.test.ts. */
	@Test
	void theServerFoldsAsPagesDo() throws IOException {
		JsonNode match = JSON.readTree(Files.readString(Path.of("src/test/resources/game/match.json")));
		GameState state = GameState.NONE;

		for (JsonNode each : match.get("log")) {
			GameState next = state.after(JSON.treeToValue(each.get("event"), GameEvent.class),
					each.get("time").asLong());
			assertThat(next != state).as(each.toString()).isEqualTo(each.get("counts").asBoolean());
			assertThat(next.phase().word()).as(each.toString()).isEqualTo(each.get("phase").asString());
			state = next;
		}

		assertThat(state).isEqualTo(JSON.treeToValue(match.get("state"), GameState.class));
	}

	@Test
	void theAnswerIsNowhereBeforeItIsShown() {
		Match match = Match.open(1, "ada", "bob").buzz("ada");
		match.answer("ada", match.wrong());

		String told = JSON.writeValueAsString(match.state)
				+ match.log().stream().map(JSON::writeValueAsString).toList();

		// The words of the choices are there, in an order that says nothing, and no
		// number.
		assertThat(told).contains("\"right\":null").doesNotContainPattern("\"right\":\\d");
		assertThat(told).doesNotContainPattern("\"right\":true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "1234567890123456789012345", "a\u0007b", "\u202Eevil", "a\uD800", "\u200D",
			"\u00A0\u00A0", "\u0301" })
	void aNameThatIsNoneIsRefused(String name) {
		assertThatThrownBy(() -> PlayerName.of(name)).isInstanceOfSatisfying(GameRefused.class,
				(ex) -> assertThat(ex.reason()).isEqualTo(GameRefused.Reason.INVALID_NAME));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Ada", "李雷", "👩‍🚀 Eve", "123456789012345678901234" })
	void aNameIsWhatPeopleCallThemselves(String name) {
		assertThat(PlayerName.of("  " + name + " ").value()).isEqualTo(name);
		assertThat(PlayerName.of(name).numbered(12).value()).endsWith(" 12")
			.matches((numbered) -> numbered.codePointCount(0, numbered.length()) <= PlayerName.LONGEST);
	}

	@Test
	void codesAreReadAsPeopleTypeThem() {
		assertThat(GameCode.of(" k7qx2m ").value()).isEqualTo("K7QX2M");
		assertThat(GameCode.of(GameCode.of("K7QX2M").topic())).contains(GameCode.of("K7QX2M"));
		for (String wrong : List.of("", "K7QX2", "K7QX2MM", "K7QX20", "../../etc")) {
			assertThatThrownBy(() -> GameCode.of(wrong)).isInstanceOf(GameRefused.class)
				.message()
				.containsIgnoringCase("'%s'".formatted(wrong));
		}
	}

	@Test
	void codesAreUsedAgainWhenThereAreAsManyAsMayBeTheOldestFirst() {
		Codes codes = new Codes(3, new Random(3));
		List<GameCode> given = List.of(codes.next(), codes.next(), codes.next());
		codes.free(given.get(1));
		codes.free(given.get(0));

		assertThat(given).doesNotHaveDuplicates();
		assertThat(List.of(codes.next(), codes.next())).containsExactly(given.get(1), given.get(0));
		assertThat(given).doesNotContain(codes.next());
	}

}
