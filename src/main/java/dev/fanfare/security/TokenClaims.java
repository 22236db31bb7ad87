package dev.fanfare.security;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.fanfare.access.Caller;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.access.Token;
import org.jspecify.annotations.Nullable;

/**
 * Check what a token claims, and make its bearer a caller.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, 4.1</a>
 */
final class TokenClaims {

	private static final int LONGEST_NAME = 256;

	private final TokenProperties properties;

	private final Clock clock;

	TokenClaims(TokenProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Return who the bearer is.
	 * @throws NotAdmitted if the token is not for this server, or not for now
	 */
	Caller.User user(JWTClaimsSet claims) {
		Token token = token(claims);
		requireIssuer(claims.getIssuer());
		requireAudience(claims.getAudience());
		String name = requireName(text(claims, this.properties.userClaim()));
		return new Caller.User(name, ClaimedGrants.read(claims.getClaim(ClaimedGrants.CLAIM), name), token);
	}

	private Token token(JWTClaimsSet claims) {
		Instant now = this.clock.instant();
		Instant ahead = now.plus(this.properties.clockSkew());
		Instant expires = instant(claims.getExpirationTime());
		if (expires == null) {
			throw NotAdmitted.invalid("The token has no end: the claim exp is missing.");
		}
		if (!now.isBefore(expires)) {
			throw NotAdmitted.expired(expires);
		}
		if (expires.isAfter(ahead.plus(this.properties.maxLifetime()))) {
			throw NotAdmitted
				.invalid("The token ends at %s: its end may be %s ahead at most (fanfare.access.token.max-lifetime)."
					.formatted(seconds(expires), this.properties.maxLifetime()));
		}
		requirePast("is not valid before", instant(claims.getNotBeforeTime()), ahead);
		Instant issued = instant(claims.getIssueTime());
		requirePast("was issued at", issued, ahead);
		return new Token(text(claims, "jti"), text(claims, "sid"), (issued != null) ? issued : Instant.EPOCH, expires);
	}

	private static void requirePast(String what, @Nullable Instant time, Instant now) {
		if (time != null && time.isAfter(now)) {
			throw NotAdmitted
				.invalid("The token %s %s, and here it is %s.".formatted(what, seconds(time), seconds(now)));
		}
	}

	private void requireIssuer(@Nullable String issuer) {
		String wanted = this.properties.issuer();
		if (!wanted.isEmpty() && !wanted.equals(issuer)) {
			throw NotAdmitted.invalid("The token is of the issuer '%s' (iss); it must be '%s'."
				.formatted(Printable.of(String.valueOf(issuer)), wanted));
		}
	}

	private void requireAudience(List<String> audience) {
		String wanted = this.properties.audience();
		if (!wanted.isEmpty() && !audience.contains(wanted)) {
			throw NotAdmitted.invalid("The token is for '%s' (aud); it must be for '%s'."
				.formatted(Printable.of(String.join("', '", audience)), wanted));
		}
	}

	private String requireName(@Nullable String name) {
		if (name == null || name.isBlank() || name.startsWith(Caller.Key.PREFIX)
				|| name.chars().anyMatch(Character::isISOControl)) {
			throw NotAdmitted.invalid(("The token's claim %s is '%s'; it must name the user, "
					+ "without control characters, and not begin with '%s'.")
				.formatted(this.properties.userClaim(), Printable.of(String.valueOf(name)), Caller.Key.PREFIX));
		}
		return name;
	}

	private static @Nullable String text(JWTClaimsSet claims, String name) {
		Object value = claims.getClaim(name);
		if (value != null && !(value instanceof String text && text.length() <= LONGEST_NAME)) {
			throw NotAdmitted
				.invalid("The token's claim %s must be a string of 1 to %d characters.".formatted(name, LONGEST_NAME));
		}
		return (String) value;
	}

	private static @Nullable Instant instant(@Nullable Date date) {
		return (date != null) ? date.toInstant() : null;
	}

	private static Instant seconds(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS);
	}

}
