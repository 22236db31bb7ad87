package dev.fanfare.security;

import java.time.Clock;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Gate;
import dev.fanfare.access.NotAdmitted;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Tell tokens and keys apart, and have each verified. */
@Component
class CallerGate implements Gate {

	private static final int LONGEST = 8192;

	private final ApiKeys keys;

	private final StoredRevocations revocations;

	private final Clock clock;

	private final @Nullable VerifiedTokens tokens;

	CallerGate(ApiKeys keys, StoredRevocations revocations, TokenProperties properties, Clock clock) {
		this.keys = keys;
		this.revocations = revocations;
		this.clock = clock;
		this.tokens = properties.isConfigured() ? tokens(properties, clock) : null;
	}

	private static VerifiedTokens tokens(TokenProperties properties, Clock clock) {
		TokenVerifier verifier = new TokenVerifier(properties);
		TokenClaims claims = new TokenClaims(properties, clock);
		return new VerifiedTokens((token) -> claims.user(verifier.verify(token)), clock);
	}

	@Override
	public Caller admit(String shown) {
		if (shown.length() > LONGEST) {
			throw NotAdmitted
				.invalid("The token has %d characters; it may have %d.".formatted(shown.length(), LONGEST));
		}
		// Tokens have dots, and keys have none.
		return (shown.indexOf('.') >= 0) ? user(shown) : key(shown);
	}

	@Override
	public void requireStill(Caller caller) {
		if (!(caller instanceof Caller.User user) || user.token() == null) {
			return;
		}
		if (user.token().isExpired(this.clock.instant())) {
			throw NotAdmitted.expired(user.token().expires());
		}
		if (this.revocations.cover(user)) {
			throw NotAdmitted.revoked();
		}
	}

	private Caller user(String token) {
		if (this.tokens == null) {
			throw NotAdmitted.invalid("Tokens are not taken here: no key for them is set (fanfare.access.token).");
		}
		Caller.User user = this.tokens.user(token);
		requireStill(user);
		return user;
	}

	private Caller key(String key) {
		return this.keys.find(key)
			.orElseThrow(() -> NotAdmitted.invalid("It is neither a token nor a key of this server."));
	}

}
