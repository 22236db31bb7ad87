package dev.fanfare.security;

import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.text.ParseException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.fanfare.access.NotAdmitted;

/**
 * Verify the signatures of tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JWT best current
 * practices</a>
 */
final class TokenVerifier {

	private final TokenKeys keys;

	private final Set<JWSAlgorithm> algorithms;

	private final JWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

	TokenVerifier(TokenProperties properties) {
		this.keys = keys(properties);
		this.algorithms = algorithms(this.keys.algorithms(), properties.algorithms());
	}

	private static TokenKeys keys(TokenProperties properties) {
		if (!properties.secret().isEmpty()) {
			return FixedKey.ofSecret(properties.secret());
		}
		return properties.publicKey().isEmpty() ? new PublishedKeys(properties.jwksUrl())
				: FixedKey.ofPem(properties.publicKey());
	}

	private static Set<JWSAlgorithm> algorithms(Set<JWSAlgorithm> fitting, Collection<String> wanted) {
		for (String each : wanted) {
			if (!fitting.contains(new JWSAlgorithm(each))) {
				throw new IllegalArgumentException("fanfare.access.token.algorithms has '%s': the key is for %s%s"
					.formatted(each, names(fitting),
							each.startsWith("HS") ? " (HS256 needs a secret of 32 bytes, HS384 48, HS512 64)" : ""));
			}
		}
		return wanted.isEmpty() ? fitting : wanted.stream().map(JWSAlgorithm::new).collect(Collectors.toSet());
	}

	/**
	 * Return what a token claims.
	 * @throws NotAdmitted if it is not signed as it must be
	 */
	JWTClaimsSet verify(String token) {
		try {
			SignedJWT parsed = SignedJWT.parse(token);
			requireAllowed(parsed.getHeader());
			for (Key key : this.keys.find(parsed.getHeader())) {
				if (isSigned(parsed, key)) {
					return claims(parsed);
				}
			}
		}
		catch (ParseException ex) {
			throw NotAdmitted.invalid("It is no signed token: three parts of base64url, divided by dots.");
		}
		throw NotAdmitted.invalid("The token's signature is not that of its issuer.");
	}

	private static JWTClaimsSet claims(SignedJWT token) {
		try {
			return token.getJWTClaimsSet();
		}
		catch (ParseException ex) {
			throw NotAdmitted.invalid(
					"The token's claims cannot be read: %s.".formatted(Printable.of(String.valueOf(ex.getMessage()))));
		}
	}

	private void requireAllowed(JWSHeader header) {
		if (!this.algorithms.contains(header.getAlgorithm())) {
			throw NotAdmitted.invalid("The token is signed with '%s'; it must be %s."
				.formatted(Printable.of(header.getAlgorithm().getName()), names(this.algorithms)));
		}
		Set<String> critical = header.getCriticalParams();
		if (critical != null && !critical.isEmpty()) {
			throw NotAdmitted.invalid("The token has critical headers (crit), and none is understood here.");
		}
	}

	private boolean isSigned(SignedJWT token, Key key) {
		try {
			if (key instanceof EdECPublicKey) {
				return EdDsa.verify((PublicKey) key, token.getSigningInput(), token.getSignature().decode());
			}
			return this.verifiers.createJWSVerifier(token.getHeader(), key)
				.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
		}
		catch (JOSEException ex) {
			return false;
		}
	}

	private static String names(Set<JWSAlgorithm> algorithms) {
		return algorithms.stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", "));
	}

}
