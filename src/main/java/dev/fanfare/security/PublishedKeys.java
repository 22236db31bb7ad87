package dev.fanfare.security;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.events.Event;
import dev.fanfare.access.NotAdmitted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verify tokens with the keys that their issuer publishes as a JWK set.
 * <p>
 * The set is kept for five minutes, and fetched before that when a token names a key that
 * is not in it: twice within half a minute at most, so that made-up names cost the issuer
 * nothing. While the issuer cannot be reached, the keys of the last time go on counting
 * for a day.
 */
final class PublishedKeys implements TokenKeys {

	private static final Logger logger = LoggerFactory.getLogger(PublishedKeys.class);

	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

	private static final Duration KEPT = Duration.ofMinutes(5);

	private static final Duration KEPT_IN_OUTAGE = Duration.ofDays(1);

	private static final Duration TWICE_WITHIN = Duration.ofSeconds(30);

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final int MOST_BYTES = 512 * 1024;

	/** Keys that are tried where a token does not name one. */
	private static final int MOST_TRIED = 10;

	private final String url;

	private final JWKSource<SecurityContext> source;

	/** Whether there have been keys; until then a token cannot be said to be wrong. */
	private volatile boolean known;

	/** When the issuer could not be reached the last time. */
	private volatile long outage = System.nanoTime() - TWICE_WITHIN.toNanos();

	PublishedKeys(String url) {
		this.url = url;
		int millis = (int) PATIENCE.toMillis();
		this.source = JWKSourceBuilder
			.<SecurityContext>create(parsed(url), new DefaultResourceRetriever(millis, millis, MOST_BYTES))
			.cache(KEPT.toMillis(), 2 * PATIENCE.toMillis())
			.refreshAheadCache(false)
			.rateLimited(TWICE_WITHIN.toMillis())
			.outageTolerant(KEPT_IN_OUTAGE.toMillis(), this::tellOutage)
			.build();
	}

	private void tellOutage(Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
		this.outage = System.nanoTime();
		String why = (event instanceof OutageTolerantJWKSetSource.OutageEvent<?> outage)
				? outage.getException().getMessage() : "unknown";
		logger.warn("The keys at {} cannot be had, and those of the last time go on counting: {}", this.url, why);
	}

	private static URL parsed(String url) {
		try {
			URI uri = URI.create(url);
			if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
				return uri.toURL();
			}
		}
		catch (IllegalArgumentException | MalformedURLException ex) {
			// Told below.
		}
		throw new IllegalArgumentException(
				"fanfare.access.token.jwks-url is '%s': it must be a URL such as https://id.example.org/jwks.json"
					.formatted(url));
	}

	@Override
	public Set<JWSAlgorithm> algorithms() {
		return ALGORITHMS;
	}

	@Override
	public List<Key> find(JWSHeader header) {
		List<Key> keys = new ArrayList<>();
		for (JWK each : select(header)) {
			if (each instanceof AsymmetricJWK asymmetric && keys.size() < MOST_TRIED) {
				keys.add(publicKey(asymmetric));
			}
		}
		if (keys.isEmpty()) {
			throw unknown(header);
		}
		return keys;
	}

	private List<JWK> select(JWSHeader header) {
		try {
			List<JWK> found = this.source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
			this.known = true;
			if (found.isEmpty() && isAway()) {
				throw NotAdmitted.keysUnavailable();
			}
			return found;
		}
		catch (RateLimitReachedException ex) {
			throw (this.known && !isAway()) ? unknown(header) : NotAdmitted.keysUnavailable();
		}
		catch (KeySourceException ex) {
			logger.warn("The keys at {} cannot be had: {}", this.url, ex.getMessage());
			throw NotAdmitted.keysUnavailable();
		}
	}

	/** Tell whether the issuer may have published keys that nobody could fetch. */
	private boolean isAway() {
		return System.nanoTime() - this.outage < TWICE_WITHIN.toNanos();
	}

	private static NotAdmitted unknown(JWSHeader header) {
		return NotAdmitted.invalid("The issuer has published no key of id '%s' for %s."
			.formatted(Printable.of(String.valueOf(header.getKeyID())), Printable.of(header.getAlgorithm().getName())));
	}

	private static Key publicKey(AsymmetricJWK jwk) {
		try {
			return (jwk instanceof OctetKeyPair pair) ? EdDsa.publicKey(pair) : jwk.toPublicKey();
		}
		catch (JOSEException ex) {
			throw NotAdmitted.invalid("The key of the token's issuer cannot be used: %s.".formatted(ex.getMessage()));
		}
	}

}
