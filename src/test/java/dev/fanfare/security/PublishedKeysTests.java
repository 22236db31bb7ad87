package dev.fanfare.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.fanfare.access.Caller;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Keys are fetched from their issuer, which changes them and is away sometimes. */
class PublishedKeysTests {

	private static final RSAKey FIRST = rsa("first");

	private static final RSAKey SECOND = rsa("second");

	private final AtomicInteger asked = new AtomicInteger();

	private volatile String answer = "";

	private HttpServer issuer;

	private CallerGate gate;

	@BeforeEach
	void start() throws IOException {
		this.issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.issuer.createContext("/jwks.json", (exchange) -> {
			this.asked.incrementAndGet();
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.answer.isEmpty() ? 500 : 200, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.issuer.start();
		this.gate = TokenTests.gate(TokenTests.properties("", "",
				"http://127.0.0.1:%d/jwks.json".formatted(this.issuer.getAddress().getPort())));
	}

	@AfterEach
	void stop() {
		this.issuer.stop(0);
	}

	@Test
	void keysAreFetchedOnceForManyTokens() {
		publish(FIRST.toPublicJWK());

		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);
		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);

		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aNewKeyIsFetchedWhenATokenNamesIt() {
		publish(FIRST.toPublicJWK());
		admit(FIRST);
		publish(SECOND.toPublicJWK());

		assertThat(admit(SECOND)).isInstanceOf(Caller.User.class);

		assertThat(this.asked).hasValue(2);
		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> admit(FIRST)).withMessageContaining("'first'");
	}

	@Test
	void madeUpNamesDoNotTroubleTheIssuer() {
		publish(FIRST.toPublicJWK());
		admit(FIRST);

		for (int number = 0; number < 20; number++) {
			RSAKey unknown = new RSAKey.Builder(SECOND).keyID("made up " + number).build();
			assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> admit(unknown))
				.withMessageContaining("'made up")
				.extracting(NotAdmitted::type)
				.isEqualTo(ErrorType.INVALID_CREDENTIALS);
		}

		assertThat(this.asked).hasValueLessThanOrEqualTo(3);
		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);
	}

	@Test
	void whileTheIssuerIsAwayItsKeysGoOnCounting() {
		publish(FIRST.toPublicJWK());
		admit(FIRST);
		this.issuer.stop(0);

		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);
		// Whether this key is one, nobody can say now.
		isUnavailable(SECOND);
		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);
	}

	@Test
	void withoutAnyKeysNobodyIsLetInAndTheFaultIsNotTheirs() {
		isUnavailable(FIRST);

		publish(FIRST.toPublicJWK());

		assertThat(admit(FIRST)).isInstanceOf(Caller.User.class);
	}

	@Test
	void aSecretAmongPublishedKeysVerifiesNothing() {
		byte[] secret = Tokens.SECRET.getBytes(StandardCharsets.UTF_8);
		publish(FIRST.toPublicJWK(), new OctetSequenceKey.Builder(secret).keyID("secret").build());

		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> this.gate.admit(Tokens.of("ada")))
			.withMessageContaining("signed with 'HS256'");
	}

	@Test
	void anEdwardsKeyIsReadAsItIsPublished() throws Exception {
		var pair = TokenTests.pair("Ed25519", 0);
		byte[] encoded = pair.getPublic().getEncoded();
		String x = java.util.Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
		this.answer = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\"%s\"}]}".formatted(x);

		assertThat(this.gate.admit(TokenTests.edwards("EdDSA", pair))).isInstanceOf(Caller.User.class);
	}

	private void isUnavailable(RSAKey key) {
		assertThatExceptionOfType(NotAdmitted.class).isThrownBy(() -> admit(key))
			.extracting(NotAdmitted::type)
			.isEqualTo(ErrorType.KEYS_UNAVAILABLE);
	}

	private void publish(JWK... keys) {
		this.answer = new JWKSet(List.of(keys)).toString(false);
	}

	private Caller admit(RSAKey key) {
		try {
			// Another token each time, since those are remembered.
			return this.gate.admit(Tokens.signed(JWSAlgorithm.RS256, key.getKeyID(),
					Tokens.claims("ada").jwtID(java.util.UUID.randomUUID().toString()).build(), new RSASSASigner(key)));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey rsa(String id) {
		try {
			return new RSAKeyGenerator(2048).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
