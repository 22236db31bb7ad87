package dev.fanfare.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.fanfare.access.Caller;
import dev.fanfare.access.Token;

/**
 * Remember for a while who shows which token, by the token's hash, as verifying a
 * signature takes longer than publishing. Bounded: when it is full, it begins anew.
 */
final class VerifiedTokens {

	private static final int MOST = 10_000;

	/** How long a key that its issuer has withdrawn may go on counting here. */
	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final Map<String, Verified> known = new ConcurrentHashMap<>();

	private final Function<String, Caller.User> verify;

	private final Clock clock;

	VerifiedTokens(Function<String, Caller.User> verify, Clock clock) {
		this.verify = verify;
		this.clock = clock;
	}

	/**
	 * Return who shows this token.
	 * @throws dev.fanfare.access.NotAdmitted if it is not valid
	 */
	Caller.User user(String token) {
		String hash = HexFormat.of().formatHex(ApiKey.digest(token));
		Instant now = this.clock.instant();
		Verified found = this.known.get(hash);
		if (found != null && now.isBefore(found.until())) {
			return found.user();
		}
		Caller.User user = this.verify.apply(token);
		Token parts = user.token();
		if (parts != null) {
			if (this.known.size() >= MOST) {
				this.known.clear();
			}
			Instant latest = now.plus(LONGEST);
			this.known.put(hash, new Verified(user, parts.expires().isBefore(latest) ? parts.expires() : latest));
		}
		return user;
	}

	private record Verified(Caller.User user, Instant until) {
	}

}
