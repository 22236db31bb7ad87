package dev.fanfare.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/** Verify tokens with the one key that is configured. */
record FixedKey(Key key, Set<JWSAlgorithm> algorithms) implements TokenKeys {

	private static final String BASE64 = "base64:";

	private static final int SHORTEST_SECRET = 32;

	private static final int SHORTEST_RSA = 2048;

	private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----",
			Pattern.DOTALL);

	private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
			JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512);

	@Override
	public List<Key> find(JWSHeader header) {
		return List.of(this.key);
	}

	static FixedKey ofSecret(String secret) {
		byte[] bytes = bytes(secret);
		Assert
			.isTrue(bytes.length >= SHORTEST_SECRET,
					() -> ("fanfare.access.token.secret has %d bytes: HS256 needs 32 or more, HS384 48 and HS512 64; "
							+ "`openssl rand -base64 64` makes one, to be written after base64:")
						.formatted(bytes.length));
		Set<JWSAlgorithm> fitting = new LinkedHashSet<>(List.of(JWSAlgorithm.HS256));
		if (bytes.length >= 48) {
			fitting.add(JWSAlgorithm.HS384);
		}
		if (bytes.length >= 64) {
			fitting.add(JWSAlgorithm.HS512);
		}
		return new FixedKey(new SecretKeySpec(bytes, "HMAC"), fitting);
	}

	private static byte[] bytes(String secret) {
		if (!secret.startsWith(BASE64)) {
			return secret.getBytes(StandardCharsets.UTF_8);
		}
		try {
			return Base64.getDecoder().decode(secret.substring(BASE64.length()).strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"What follows base64: in fanfare.access.token.secret is not base64; leave base64: out for plain text",
					ex);
		}
	}

	/** Take the public key from PEM, or from the file that has it. */
	static FixedKey ofPem(String value) {
		String pem = value.contains("-----BEGIN") ? value : read(value);
		Matcher block = PEM.matcher(pem);
		Assert.isTrue(block.find(),
				"fanfare.access.token.public-key is no PEM: it must have -----BEGIN PUBLIC KEY----- or be the path of a "
						+ "file that has");
		Assert.isTrue(block.group(1).equals("PUBLIC KEY"),
				() -> ("fanfare.access.token.public-key is a %s: it must be a PUBLIC KEY, as "
						+ "`openssl pkey -in private.pem -pubout` prints it")
					.formatted(block.group(1)));
		PublicKey key = parse(Base64.getMimeDecoder().decode(block.group(2)));
		return new FixedKey(key, algorithms(key));
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException(
					"fanfare.access.token.public-key is '%s', which is neither PEM nor a file that can be read: %s"
						.formatted(file, ex),
					ex);
		}
	}

	private static PublicKey parse(byte[] encoded) {
		for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
			try {
				return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
			}
			catch (GeneralSecurityException ex) {
				// It may be a key of the next kind.
			}
		}
		throw new IllegalArgumentException(
				"fanfare.access.token.public-key is a key of an unknown kind: it must be RSA, EC (P-256, P-384, P-521) "
						+ "or Ed25519");
	}

	private static Set<JWSAlgorithm> algorithms(PublicKey key) {
		return switch (key) {
			case RSAPublicKey rsa -> {
				Assert.isTrue(rsa.getModulus().bitLength() >= SHORTEST_RSA,
						() -> "fanfare.access.token.public-key has %d bits: RSA needs 2048 or more"
							.formatted(rsa.getModulus().bitLength()));
				yield RSA;
			}
			case ECPublicKey ec -> Set.of(algorithm(Curve.forECParameterSpec(ec.getParams())));
			case EdECPublicKey _ -> Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
			default -> throw new IllegalStateException("No other kind is parsed");
		};
	}

	private static JWSAlgorithm algorithm(@Nullable Curve curve) {
		if (Curve.P_256.equals(curve)) {
			return JWSAlgorithm.ES256;
		}
		if (Curve.P_384.equals(curve)) {
			return JWSAlgorithm.ES384;
		}
		Assert.isTrue(Curve.P_521.equals(curve),
				"fanfare.access.token.public-key is on another curve: it must be on P-256, P-384 or P-521");
		return JWSAlgorithm.ES512;
	}

}
