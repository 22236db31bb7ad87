package dev.fanfare.stomp;

import java.util.stream.Stream;

import dev.fanfare.access.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DurableOwnerTests {

	@Test
	void whoOwnsDurableSubscriptionsIsToldByUserAndClient() {
		assertThat(owner("ada", null)).isEqualTo("user:ada");
		assertThat(owner("ada", "b")).isEqualTo("user:ada/b");
		assertThat(StompConnection.owner(null, "b")).isEqualTo("client:b");
		assertThat(StompConnection.owner(null, null)).isNull();
	}

	@Test
	void ownersDoNotMeet() {
		assertThat(Stream.of(owner("ada", "b"), owner("ada/b", null), owner("ada", "b/c"), owner("ada/b", "c"),
				owner("ada/b/c", null), owner("ada/", "b/c")))
			.doesNotHaveDuplicates();
	}

	private static @Nullable String owner(String user, @Nullable String client) {
		return StompConnection.owner(new Caller.User(user), client);
	}

}
