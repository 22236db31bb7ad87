package dev.fanfare.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Issue tokens, right ones and wrong ones. */
final class Tokens {

	static final String SECRET = "a secret of sixty-four bytes that only tests know, long enough.!";

	static final String ISSUER = "https://id.example.org";

	static final String AUDIENCE = "fanfare";

	private Tokens() {
	}

	/** Issue a token that is right, for ten minutes. */
	static String of(String user) {
		return of(user, Map.of());
	}

	static String of(String user, Map<String, Object> grants) {
		return with(user, (claims) -> claims.claim("fanfare", grants));
	}

	/** Issue one that is right but for what is changed. */
	static String with(String user, Consumer<JWTClaimsSet.Builder> change) {
		JWTClaimsSet.Builder claims = claims(user);
		change.accept(claims);
		return signed(JWSAlgorithm.HS256, null, claims.build(), mac(SECRET.getBytes(StandardCharsets.UTF_8)));
	}

	static JWTClaimsSet.Builder claims(String user) {
		Instant now = Instant.now();
		return new JWTClaimsSet.Builder().subject(user)
			.issuer(ISSUER)
			.audience(List.of("other", AUDIENCE))
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
	}

	static JWSSigner mac(byte[] secret) {
		try {
			return new MACSigner(secret);
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	static String signed(JWSAlgorithm algorithm, String keyId, JWTClaimsSet claims, JWSSigner signer) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
			token.sign(signer);
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Put parts together that no library would. */
	static String raw(String header, String claims, String signature) {
		return base64(header) + "." + base64(claims) + "." + signature;
	}

	static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
