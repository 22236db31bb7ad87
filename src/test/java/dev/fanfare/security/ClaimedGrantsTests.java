package dev.fanfare.security;

import java.util.List;
import java.util.Map;

import dev.fanfare.access.Grants;
import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimedGrantsTests {

	@Test
	void theUserTakesThePlaceOfThePlaceholder() {
		Grants grants = ClaimedGrants.read(Map.of("publish", List.of("chat.*", "inbox.{user}.**")), "ada-1");

		assertThat(grants.topics().get(Action.PUBLISH)).containsExactly(new TopicPattern("chat.*"),
				new TopicPattern("inbox.ada-1.**"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "**", "bob.admin", "a.*", "a b", "a/b", "_a", "ä", "{user}", "a\u0000" })
	void aNameThatIsNotOnePartReachesNoTopicByThePlaceholder(String user) {
		Grants grants = ClaimedGrants.read(Map.of("subscribe", List.of("open.*", "inbox.{user}.**")), user);

		assertThat(grants.topics().get(Action.SUBSCRIBE)).containsExactly(new TopicPattern("open.*"));
	}

	@Test
	void whoMaySubscribeMayReadUnlessTheTokenSaysOtherwise() {
		Grants same = ClaimedGrants.read(Map.of("subscribe", List.of("a")), "ada");
		Grants less = ClaimedGrants.read(Map.of("subscribe", List.of("a"), "history", List.of()), "ada");

		assertThat(same.topics()).containsEntry(Action.HISTORY, List.of(new TopicPattern("a")))
			.containsEntry(Action.PRESENCE, List.of(new TopicPattern("a")))
			.doesNotContainKeys(Action.PUBLISH, Action.RESET);
		assertThat(less.topics()).containsEntry(Action.HISTORY, List.of());
	}

	@Test
	void withoutTheClaimNothingIsGranted() {
		assertThat(ClaimedGrants.read(null, "ada")).isEqualTo(Grants.NONE);
		assertThat(ClaimedGrants.read(Map.of(), "ada").operate()).isFalse();
		assertThat(ClaimedGrants.read(Map.of("operate", true), "ada").operate()).isTrue();
	}

}
