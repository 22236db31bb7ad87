package dev.fanfare.stomp;

import java.nio.charset.StandardCharsets;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.access.Gate;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.TopicName;

import org.springframework.stereotype.Component;

/** Let a client go on with a new token before its old one ends. */
@Component
class SessionTokens {

	/** Where clients send their new tokens. */
	static final String REFRESH = "/app/session/refresh";

	private final Gate gate;

	private final AccessRules access;

	SessionTokens(Gate gate, AccessRules access) {
		this.gate = gate;
		this.access = access;
	}

	/**
	 * Take the token in the headers of a frame, else in its body, in the place of the one
	 * that the client has shown.
	 * @throws dev.fanfare.topic.Refusal if it is not a token of the same user that grants
	 * what the client is subscribed to; the old one goes on counting then
	 */
	void refresh(StompConnection connection, StompFrame frame) {
		String shown = BearerHeaders.read(frame)
			.orElseGet(() -> new String(frame.body(), StandardCharsets.UTF_8).strip());
		if (!(connection.caller() instanceof Caller.User known) || known.token() == null) {
			throw new ProtocolViolation(ErrorType.ACCESS_DENIED,
					"This connection was not let in by a token, so it has none to be refreshed; connect again with one.");
		}
		Caller admitted = this.gate.admit(shown);
		if (!(admitted instanceof Caller.User user) || !user.name().equals(known.name())) {
			throw new ProtocolViolation(ErrorType.ACCESS_DENIED,
					"The new token is not one of user '%s'; connect again to be somebody else."
						.formatted(known.name()));
		}
		for (StompSubscription each : connection.subscriptions().all()) {
			if (!each.isOfServer()) {
				Destinations.topic(each.destination())
					.ifPresent((topic) -> requireStill(user, topic, each.isDurable()));
			}
		}
		connection.user(user);
	}

	private void requireStill(Caller.User user, TopicName topic, boolean durable) {
		this.access.requireSubscribe(user, topic);
		if (durable) {
			this.access.requireHistory(user, topic);
		}
	}

}
