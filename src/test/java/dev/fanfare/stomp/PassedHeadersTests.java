package dev.fanfare.stomp;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;

class PassedHeadersTests {

	@Test
	void headersOfASenderReachTheReadersInTheOrderSent() {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.SEND);
		accessor.setNativeHeader("zeta", "1");
		accessor.setNativeHeader("alpha", "a:b\n");
		accessor.setNativeHeader("priority", "4");

		assertThat(PassedHeaders.of(accessor)).containsExactly(Map.entry("zeta", "1"), Map.entry("alpha", "a:b\n"),
				Map.entry("priority", "4"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "destination", "receipt", "transaction", "content-length", "message-id", "subscription",
			"ack", "timestamp", "idempotency-key", "id", "session", "redelivered" })
	void whatIsBetweenTwoPartiesStaysBetweenThem(String name) {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.SEND);
		accessor.setNativeHeader(name, "forged");
		accessor.setNativeHeader("kind", "goal");

		assertThat(PassedHeaders.of(accessor)).containsOnly(Map.entry("kind", "goal"));
	}

	@Test
	void ofRepeatedHeadersTheFirstIsPassedOn() {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.SEND);
		accessor.addNativeHeader("kind", "first");
		accessor.addNativeHeader("kind", "second");

		assertThat(PassedHeaders.of(accessor)).containsOnly(Map.entry("kind", "first"));
	}

	@Test
	void theContentTypeThatTheApplicationSetIsPassedOn() {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create();
		accessor.setContentType(MimeType.valueOf("application/json"));

		assertThat(PassedHeaders.of(accessor)).containsOnly(Map.entry("content-type", "application/json"));
	}

	@Test
	void whereSpringSentItFromIsNotPassedOn() {
		SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create();
		accessor.setNativeHeaderValues(SimpMessageHeaderAccessor.ORIGINAL_DESTINATION, List.of("/user/queue/send"));

		assertThat(PassedHeaders.of(accessor)).isEmpty();
	}

}
