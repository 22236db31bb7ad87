package dev.fanfare.security;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure tokens: JSON Web Tokens that an identity provider or a back end issues.
 *
 * @param secret what tokens are signed with, if issuer and server share a secret; base64
 * after {@code base64:}, else the bytes of the text
 * @param publicKey the key for the signatures of an issuer, as PEM or the path of a file
 * of it
 * @param jwksUrl where the issuer publishes its keys
 * @param algorithms those that tokens may be signed with; all that fit the key if empty
 * @param issuer what the claim {@code iss} must be; any if empty
 * @param audience what the claim {@code aud} must have; any if empty
 * @param userClaim which claim names the user
 * @param clockSkew how far the clock of the issuer may be ahead of this server's
 * @param maxLifetime how far ahead the end of a token may be, and how long revocations
 * are remembered
 * @param maxRevocations how many revocations are remembered at once
 * @param cookie names the cookie that may carry a token; none if empty
 * @param inQuery whether {@code access_token} in the query may carry one where a browser
 * cannot send a header: at a handshake and for a stream of events
 */
@ConfigurationProperties("fanfare.access.token")
record TokenProperties(@DefaultValue("") String secret, @DefaultValue("") String publicKey,
		@DefaultValue("") String jwksUrl, @DefaultValue List<String> algorithms, @DefaultValue("") String issuer,
		@DefaultValue("") String audience, @DefaultValue("sub") String userClaim,
		@DefaultValue("30s") Duration clockSkew, @DefaultValue("24h") Duration maxLifetime,
		@DefaultValue("10000") int maxRevocations, @DefaultValue("") String cookie,
		@DefaultValue("false") boolean inQuery) {

	private static final String PREFIX = "fanfare.access.token.";

	TokenProperties {
		Assert.isTrue(Stream.of(secret, publicKey, jwksUrl).filter((source) -> !source.isEmpty()).count() <= 1,
				() -> "%ssecret, public-key and jwks-url: only one of them can be set".formatted(PREFIX));
		Assert.isTrue(!clockSkew.isNegative() && clockSkew.toMinutes() <= 10,
				() -> "%sclock-skew is %s: it must be between 0 and 10m".formatted(PREFIX, clockSkew));
		Assert.isTrue(maxLifetime.toSeconds() >= 1 && maxLifetime.toDays() <= 366,
				() -> "%smax-lifetime is %s: it must be between 1s and 366d".formatted(PREFIX, maxLifetime));
		Assert.isTrue(maxRevocations > 0,
				() -> "%smax-revocations is %d: it must be 1 or more".formatted(PREFIX, maxRevocations));
		Assert.isTrue(!userClaim.isBlank(),
				() -> "%suser-claim is empty: it must name a claim, such as sub".formatted(PREFIX));
		Assert.isTrue(cookie.matches("[A-Za-z0-9_.-]*"),
				() -> ("%scookie is '%s': " + "it must be a name of letters, digits and _ . -, or empty for none")
					.formatted(PREFIX, cookie));
	}

	/** Tell whether there is a key to verify tokens with. */
	boolean isConfigured() {
		return !(this.secret.isEmpty() && this.publicKey.isEmpty() && this.jwksUrl.isEmpty());
	}

	// The secret must not get into a log.
	@Override
	public String toString() {
		return "TokenProperties[issuer=%s, audience=%s]".formatted(this.issuer, this.audience);
	}

}
