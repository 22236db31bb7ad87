package dev.fanfare.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Grants;
import dev.fanfare.access.Revocation;
import dev.fanfare.access.Revocation.Kind;
import dev.fanfare.access.Revocation.Target;
import dev.fanfare.access.Token;
import dev.fanfare.testing.ManualClock;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What was revoked stays revoked as long as it could count, over restarts too. */
class StoredRevocationsTests {

	private final ManualClock clock = new ManualClock();

	private final Instant start = this.clock.instant();

	private final List<Object> events = new ArrayList<>();

	@TempDir
	private Path data;

	@Test
	void eachKindCoversItsTokensAndNoOther() {
		StoredRevocations revocations = revocations(10);
		revocations.revoke(new Target(Kind.USER, "ada"), null);
		revocations.revoke(new Target(Kind.SESSION, "s2"), null);
		revocations.revoke(new Target(Kind.TOKEN, "t3"), null);

		assertThat(revocations.cover(user("ada", "t1", "s1"))).isTrue();
		assertThat(revocations.cover(user("bob", "t2", "s2"))).isTrue();
		assertThat(revocations.cover(user("bob", "t3", "s3"))).isTrue();
		assertThat(revocations.cover(user("bob", null, null))).isFalse();
		assertThat(revocations.cover(user("s2", "ada", "t3"))).isFalse();
		assertThat(revocations.cover(new Caller.User("ada"))).as("let in without a token").isFalse();
		assertThat(this.events).hasSize(3);
	}

	@Test
	void aUserCanSignInAgain() {
		StoredRevocations revocations = revocations(10);
		revocations.revoke(new Target(Kind.USER, "ada"), null);

		assertThat(revocations.cover(user("ada", this.start.minusSeconds(1)))).isTrue();
		assertThat(revocations.cover(user("ada", Instant.EPOCH))).as("does not say when").isTrue();
		assertThat(revocations.cover(user("ada", this.start.plusSeconds(1)))).isFalse();
	}

	@Test
	void aTokenOfAnIssuerWhoseClockIsAheadIsMeantToo() {
		StoredRevocations revocations = revocations(10, Duration.ofSeconds(30));
		revocations.revoke(new Target(Kind.USER, "ada"), null);

		assertThat(revocations.cover(user("ada", this.start.plusSeconds(30)))).isTrue();
		assertThat(revocations.cover(user("ada", this.start.plusSeconds(31)))).isFalse();
	}

	@Test
	void aRevocationEndsAndNoShorterOneEndsItSooner() {
		StoredRevocations revocations = revocations(10);
		revocations.revoke(new Target(Kind.TOKEN, "t"), this.start.plusSeconds(60));

		Revocation again = revocations.revoke(new Target(Kind.TOKEN, "t"), this.start.plusSeconds(10));

		assertThat(again.until()).isEqualTo(this.start.plusSeconds(60));
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(revocations.cover(user("ada", "t", "s"))).isTrue();
		assertThat(revocations(10).cover(user("ada", "t", "s"))).as("after a restart").isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(revocations.cover(user("ada", "t", "s"))).isFalse();
	}

	@Test
	void aRestartForgetsNothing() {
		StoredRevocations before = revocations(10);
		Revocation first = before.revoke(new Target(Kind.USER, "ada \"\n"), null);
		this.clock.advance(Duration.ofSeconds(1));
		Revocation second = before.revoke(new Target(Kind.TOKEN, "t"), this.clock.instant().plusSeconds(60));

		StoredRevocations after = revocations(10);

		assertThat(after.all()).containsExactly(first, second);
		assertThat(after.cover(user("ada \"\n", "x", "y"))).isTrue();
	}

	@Test
	void whatCanCountNoMoreIsForgottenAndMakesRoom() {
		StoredRevocations revocations = revocations(2);
		revocations.revoke(new Target(Kind.TOKEN, "short"), this.start.plusSeconds(10));
		revocations.revoke(new Target(Kind.TOKEN, "long"), null);
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> revocations.revoke(new Target(Kind.TOKEN, "one more"), null))
			.withMessageContaining("max-revocations")
			.extracting(Refusal::type)
			.isEqualTo(ErrorType.TOO_MANY_REVOCATIONS);
		revocations.revoke(new Target(Kind.TOKEN, "long"), null);

		this.clock.advance(Duration.ofSeconds(10));

		assertThat(revocations.all()).map(Revocation::name).containsExactly("long");
		revocations.revoke(new Target(Kind.TOKEN, "one more"), null);
		assertThat(revocations(2).all()).map(Revocation::name).containsExactlyInAnyOrder("long", "one more");
	}

	@Test
	void anEndThatCannotBeIsNamed() {
		StoredRevocations revocations = revocations(2);

		for (Instant until : List.of(this.start, this.start.plus(Duration.ofDays(30)))) {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> revocations.revoke(new Target(Kind.TOKEN, "t"), until))
				.withMessageContaining("'until' is '%s'".formatted(until));
		}
		assertThat(revocations.all()).isEmpty();
	}

	@Test
	void whatCannotBeStoredIsNotSaidToBe() throws Exception {
		StoredRevocations revocations = revocations(2);
		Files.writeString(this.data.resolve("security"), "a file where the folder should be");

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> revocations.revoke(new Target(Kind.TOKEN, "t"), null))
			.extracting(Refusal::type)
			.isEqualTo(ErrorType.STORAGE_FAILED);
		assertThat(revocations.all()).isEmpty();
		assertThat(this.events).isEmpty();
	}

	@Test
	void aDamagedFileIsNamed() throws Exception {
		Files.createDirectories(this.data.resolve("security"));
		Files.writeString(this.data.resolve("security/revocations.json"), "[{\"kind\":");

		assertThatIllegalStateException().isThrownBy(() -> revocations(2)).withMessageContaining("revocations.json");
	}

	private static Caller.User user(String name, String token, String session) {
		return new Caller.User(name, Grants.NONE, new Token(token, session, Instant.EPOCH, Instant.MAX));
	}

	private static Caller.User user(String name, Instant issued) {
		return new Caller.User(name, Grants.NONE, new Token(null, null, issued, Instant.MAX));
	}

	private StoredRevocations revocations(int most) {
		return revocations(most, Duration.ZERO);
	}

	private StoredRevocations revocations(int most, Duration clockSkew) {
		TokenProperties properties = new TokenProperties("", "", "", List.of(), "", "", "sub", clockSkew,
				Duration.ofDays(1), most, "", false);
		StoredRevocations revocations = new StoredRevocations(new SecurityFolder(this.data.toString()), properties,
				this.clock, JsonMapper.shared(), this.events::add);
		revocations.start();
		return revocations;
	}

}
