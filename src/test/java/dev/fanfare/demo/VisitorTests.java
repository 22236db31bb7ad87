package dev.fanfare.demo;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Grants;
import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VisitorTests {

	private static final String SECRET = "abcdefghijklmnopqrstuv";

	@Test
	void aGuestIsTheSameByTheSameSecretAndItsSecretIsNotInWhatOthersSee() {
		Visitor visitor = guest(SECRET);

		assertThat(visitor).isEqualTo(guest(SECRET)).isNotEqualTo(guest(SECRET + "w"));
		assertThat(visitor.id()).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(SECRET);
		assertThat(visitor.user()).isNull();
	}

	@Test
	void aUserIsTheSameWhateverSecretItsBrowserSends() {
		var ada = new Caller.User("ada");

		assertThat(Visitor.of(ada, SECRET)).isEqualTo(Visitor.of(ada, null));
		assertThat(Visitor.of(ada, null).user()).isEqualTo("ada");
	}

	@Test
	void nobodyCanBeSomebodyOfAnotherKind() {
		var named = new Caller.User(SECRET);
		var key = new Caller.Key(SECRET, Grants.NONE);

		assertThat(guest(SECRET).id()).isNotEqualTo(Visitor.of(named, null).id());
		assertThat(Visitor.of(key, null).id()).isNotEqualTo(Visitor.of(named, null).id());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "short", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrstu/", "abcdefghijklmnopqrstu\n" })
	void aGuestWithoutAProperSecretIsRefusedAndToldWhatWouldBeRight(String secret) {
		assertThatExceptionOfType(UnknownVisitor.class).isThrownBy(() -> guest(secret))
			.withMessageContaining("22 to 128")
			.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_HEADER));
	}

	@Test
	void aGuestWithoutASecretIsRefused() {
		assertThatExceptionOfType(UnknownVisitor.class).isThrownBy(() -> Visitor.of(new Caller.Guest(), null))
			.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.MISSING_HEADER));
	}

	@Test
	void aSecretOfMoreThan128CharactersIsRefused() {
		assertThat(guest("s".repeat(128)).id()).hasSize(22);
		assertThatExceptionOfType(UnknownVisitor.class).isThrownBy(() -> guest("s".repeat(129)));
	}

	private static Visitor guest(String secret) {
		return Visitor.of(new Caller.Guest(), secret);
	}

}
