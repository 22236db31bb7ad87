package dev.fanfare.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.fanfare.access.Caller;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A token lets in whom it says, if it is right in every way. */
class TokenTests {

	private static final KeyPair RSA = pair("RSA", 2048);

	private static final KeyPair EC = pair("EC", 256);

	private static final KeyPair ED = pair("Ed25519", 0);

	private final CallerGate gate = gate(secret(Tokens.SECRET));

	@TempDir
	private Path folder;

	@Test
	void aTokenThatIsRightLetsItsUserIn() {
		String token = Tokens.with("ada", (claims) -> claims.jwtID("t1").claim("sid", "s1"));

		Caller.User user = (Caller.User) this.gate.admit(token);

		assertThat(user.name()).isEqualTo("ada");
		assertThat(user.token()).satisfies((known) -> {
			assertThat(known.id()).isEqualTo("t1");
			assertThat(known.session()).isEqualTo("s1");
			assertThat(known.expires()).isAfter(Instant.now());
		});
		assertThat(this.gate.admit(token)).as("shown again").isSameAs(user);
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void aTokenThatIsWrongLetsNobodyIn(String token, String why) {
		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> this.gate.admit(token))
			.withMessageContaining(why)
			.extracting(NotAdmitted::type)
			.isEqualTo(why.contains("expired") ? ErrorType.TOKEN_EXPIRED : ErrorType.INVALID_CREDENTIALS);
	}

	static Stream<Arguments> wrong() {
		Instant now = Instant.now();
		String right = Tokens.of("ada");
		String payload = right.split("\\.")[1];
		return Stream.of(arguments("", "neither a token nor a key"), arguments("nonsense", "neither a token nor a key"),
				arguments("a.b.c", "no signed token"), arguments("....", "no signed token"),
				arguments(right + "x", "signature"), arguments(right.substring(0, right.lastIndexOf('.') + 1), "sign"),
				arguments(right.replace(payload, payload.substring(0, payload.length() - 3)), "sign"),
				arguments(Tokens.raw("{\"alg\":\"none\"}", claims(now), ""), "no signed token"),
				arguments(Tokens.raw("{\"alg\":\"NONE\"}", claims(now), "x"), "signed with 'NONE'"),
				arguments(Tokens.raw("{\"alg\":\"none\"}", claims(now), "x"), "no signed token"),
				arguments(Tokens.raw("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims(now), "eA"), "crit"),
				arguments(Tokens.raw("{\"alg\":\"RS256\"}", claims(now), "eA"), "must be HS256, HS384, HS512"),
				arguments("a." + "b".repeat(8200), "characters"),
				arguments(
						Tokens.signed(JWSAlgorithm.HS256, null, Tokens.claims("ada").build(),
								Tokens
									.mac("another secret of sixty-four bytes, which nobody has agreed on.".getBytes())),
						"signature"),
				arguments(Tokens.with("ada", (c) -> c.expirationTime(Date.from(now.minusSeconds(1)))), "expired at"),
				arguments(Tokens.with("ada", (c) -> c.expirationTime(null)), "exp is missing"),
				arguments(Tokens.with("ada", (c) -> c.expirationTime(Date.from(now.plus(Duration.ofDays(2))))),
						"max-lifetime"),
				arguments(Tokens.with("ada", (c) -> c.notBeforeTime(Date.from(now.plusSeconds(60)))),
						"not valid before"),
				arguments(Tokens.with("ada", (c) -> c.issueTime(Date.from(now.plusSeconds(60)))), "was issued at"),
				arguments(Tokens.with("ada", (c) -> c.issuer("https://evil.example")), "(iss)"),
				arguments(Tokens.with("ada", (c) -> c.issuer(null)), "(iss)"),
				arguments(Tokens.with("ada", (c) -> c.audience("other")), "(aud)"),
				arguments(Tokens.with("ada", (c) -> c.audience(List.of())), "(aud)"),
				arguments(Tokens.of(null), "must name the user"), arguments(Tokens.of(" "), "must name the user"),
				arguments(Tokens.of("key:shop"), "not begin with 'key:'"),
				arguments(Tokens.of("a\nb"), "control characters"), arguments(Tokens.of("a".repeat(257)), "256"),
				arguments(Tokens.with("ada", (c) -> c.claim("sub", List.of("ada"))), "claims cannot be read"),
				arguments(Tokens.with("ada", (c) -> c.claim("fanfare", "all")), "fanfare must be an object"),
				arguments(Tokens.of("ada", Map.of("subscribe", "**")), "must be a list"),
				arguments(Tokens.of("ada", Map.of("subscribe", List.of("a/b"))), "'a/b'"),
				arguments(Tokens.of("ada", Map.of("subscribes", List.of())), "'subscribes'"),
				arguments(Tokens.of("ada", Map.of("operate", "yes")), "true or false"));
	}

	@Test
	void theClockOfTheIssuerMayBeAheadALittle() {
		Instant soon = Instant.now().plusSeconds(20);

		assertThat(this.gate
			.admit(Tokens.with("ada", (claims) -> claims.issueTime(Date.from(soon)).notBeforeTime(Date.from(soon)))))
			.isInstanceOf(Caller.User.class);
	}

	@Test
	void aTokenThatWasRightIsNotWhenItHasEnded() {
		var clock = new dev.fanfare.testing.ManualClock();
		Instant now = clock.instant();
		CallerGate gate = gate(secret(Tokens.SECRET), clock);
		String token = Tokens.with("ada",
				(claims) -> claims.issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(10))));
		gate.admit(token);

		clock.advance(Duration.ofSeconds(11));

		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> gate.admit(token))
			.extracting(NotAdmitted::type)
			.isEqualTo(ErrorType.TOKEN_EXPIRED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" })
	void anRsaKeyVerifiesItsAlgorithms(String algorithm) {
		CallerGate gate = gate(publicKey(pem(RSA.getPublic())));

		assertThat(gate.admit(signed(algorithm, new RSASSASigner(RSA.getPrivate())))).isInstanceOf(Caller.User.class);
	}

	@Test
	void anEllipticKeyVerifiesTheAlgorithmOfItsCurve() throws Exception {
		CallerGate gate = gate(publicKey(pem(EC.getPublic())));

		assertThat(gate.admit(signed("ES256", new ECDSASigner((ECPrivateKey) EC.getPrivate()))))
			.isInstanceOf(Caller.User.class);
		isRefused(gate, Tokens.raw("{\"alg\":\"ES256\"}", claims(Instant.now()),
				Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])), "signature");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EdDSA", "Ed25519" })
	void anEdwardsKeyVerifiesEdDsa(String algorithm) throws Exception {
		CallerGate gate = gate(publicKey(pem(ED.getPublic())));
		String token = edwards(algorithm, ED);

		assertThat(gate.admit(token)).isInstanceOf(Caller.User.class);
		isRefused(gate, edwards(algorithm, pair("Ed25519", 0)), "signature");
		isRefused(gate, token + "AA", "signature");
	}

	@Test
	void aPublicKeyIsNoSecret() {
		String pem = pem(RSA.getPublic());
		CallerGate gate = gate(publicKey(pem));

		for (byte[] secret : List.of(pem.getBytes(StandardCharsets.UTF_8), pem.strip().getBytes(StandardCharsets.UTF_8),
				RSA.getPublic().getEncoded())) {
			isRefused(gate, signed("HS256", Tokens.mac(secret)), "signed with 'HS256'; it must be PS256");
		}
	}

	@Test
	void aPublicKeyCanBeInAFile() throws Exception {
		Path file = Files.writeString(this.folder.resolve("key.pem"), pem(RSA.getPublic()));

		CallerGate gate = gate(publicKey(file.toString()));

		assertThat(gate.admit(signed("RS256", new RSASSASigner(RSA.getPrivate())))).isInstanceOf(Caller.User.class);
	}

	@Test
	void algorithmsCanBeFewer() {
		CallerGate gate = gate(new TokenProperties(Tokens.SECRET, "", "", List.of("HS512"), "", "", "sub",
				Duration.ZERO, Duration.ofHours(1), 10, "", false));

		assertThat(gate.admit(signed("HS512", Tokens.mac(Tokens.SECRET.getBytes())))).isInstanceOf(Caller.User.class);
		isRefused(gate, Tokens.of("ada"), "must be HS512");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			short | | | 5 bytes: HS256 needs 32
			base64:!! | | | is not base64
			thirty-two bytes are what it has | | HS512 | HS512 64
			| no/such/file.pem | | neither PEM nor a file
			| -----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY----- | | is a PRIVATE KEY
			| -----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY----- | | unknown kind
			| -----BEGIN PUBLIC KEY----- | | is no PEM
			""")
	void whatCannotVerifyIsSaidAtTheStart(String secret, String key, String algorithm, String why) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> gate(new TokenProperties((secret != null) ? secret : "", (key != null) ? key : "", "",
					(algorithm != null) ? List.of(algorithm) : List.of(), "", "", "sub", Duration.ZERO,
					Duration.ofHours(1), 10, "", false)))
			.withMessageContaining("fanfare.access.token.")
			.withMessageContaining(why);
	}

	@Test
	void aWeakRsaKeyIsSaidAtTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> gate(publicKey(pem(pair("RSA", 1024).getPublic()))))
			.withMessageContaining("has 1024 bits: RSA needs 2048");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nowhere", "file:/etc/passwd", "http:///x", "ftp://example.org/x" })
	void anAddressOfKeysThatIsNoneIsSaidAtTheStart(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PublishedKeys(url)).withMessageContaining(url);
	}

	@Test
	void twoKindsOfKeysAreOneTooMany() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TokenProperties(Tokens.SECRET, "x", "", List.of(), "", "", "sub", Duration.ZERO,
					Duration.ofHours(1), 10, "", false))
			.withMessageContaining("only one");
	}

	@Test
	void aSecretIsNotInWhatIsLogged() {
		assertThat(secret(Tokens.SECRET).toString()).doesNotContain(Tokens.SECRET);
	}

	private static void isRefused(CallerGate gate, String token, String why) {
		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> gate.admit(token)).withMessageContaining(why);
	}

	private static String claims(Instant now) {
		return "{\"sub\":\"ada\",\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(Tokens.ISSUER, Tokens.AUDIENCE,
				now.getEpochSecond() + 600);
	}

	private static String signed(String algorithm, JWSSigner signer) {
		return Tokens.signed(new JWSAlgorithm(algorithm), "some-id", Tokens.claims("ada").build(), signer);
	}

	static String edwards(String algorithm, KeyPair pair) throws Exception {
		String signed = Tokens.raw("{\"alg\":\"%s\",\"kid\":\"ed\"}".formatted(algorithm), claims(Instant.now()), "");
		signed = signed.substring(0, signed.length() - 1);
		Signature signer = Signature.getInstance("Ed25519");
		signer.initSign(pair.getPrivate());
		signer.update(signed.getBytes(StandardCharsets.US_ASCII));
		return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
	}

	static KeyPair pair(String kind, int size) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
			if (size > 0) {
				generator.initialize(size);
			}
			return generator.generateKeyPair();
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String pem(PublicKey key) {
		return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
			.formatted(Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(key.getEncoded()));
	}

	static TokenProperties secret(String secret) {
		return properties(secret, "", "");
	}

	static TokenProperties publicKey(String pem) {
		return properties("", pem, "");
	}

	static TokenProperties properties(String secret, String pem, String url) {
		return new TokenProperties(secret, pem, url, List.of(), Tokens.ISSUER, Tokens.AUDIENCE, "sub",
				Duration.ofSeconds(30), Duration.ofHours(24), 10, "", false);
	}

	static CallerGate gate(TokenProperties properties) {
		return gate(properties, Clock.systemUTC());
	}

	private static CallerGate gate(TokenProperties properties, Clock clock) {
		ApiKeys keys = new ApiKeys(new KeyProperties(List.of()), properties,
				new FirstKey(new SecurityFolder("unused")));
		StoredRevocations revocations = new StoredRevocations(new SecurityFolder("unused"), properties, clock,
				JsonMapper.shared(), (event) -> {
				});
		return new CallerGate(keys, revocations, properties, clock);
	}

}
