package dev.fanfare.attack;

import java.util.Map;

import dev.fanfare.testing.Swarm;
import dev.fanfare.testing.WireReader.Handshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What a proxy says counts where that is set, for WebSockets as for requests. */
class ForwardedAddressTests {

	abstract static class Forwarded {

		@LocalServerPort
		private int port;

		private Swarm swarm;

		@BeforeEach
		void open() {
			this.swarm = new Swarm("127.0.0.1", this.port);
		}

		@AfterEach
		void close() {
			this.swarm.close();
		}

		@Test
		void theAddressIsTheOneThatTheProxyNames() {
			assertThat(handshake("203.0.113.1").status()).isEqualTo(101);
			assertThat(handshake("203.0.113.1").status()).isEqualTo(429);
			assertThat(handshake("203.0.113.2").status()).isEqualTo(101);
			assertThat(handshake("[2001:db8:1:2::1]").status()).isEqualTo(101);
			assertThat(handshake("[2001:db8:1:2::2]").status()).isEqualTo(429);
		}

		@Test
		void whatAClientSaysBesideTheProxyDoesNotCount() {
			Map<String, String> forged = Map.of("X-Forwarded-For", "203.0.113.3", "Forwarded", "for=127.0.0.1");

			assertThat(handshake(forged).status()).isEqualTo(101);
			assertThat(handshake(forged).status()).isEqualTo(429);
		}

		@Test
		void nobodyIsThisMachineForSayingSo() {
			assertThat(handshake("127.0.0.1").status()).isEqualTo(101);
			assertThat(handshake("127.0.0.2:1234, 203.0.113.4").status()).isEqualTo(429);
			assertThat(handshake("[::1]").status()).isEqualTo(429);
			assertThat(handshake(" , \"::1\"").status()).isEqualTo(429);
		}

		private Handshake handshake(String address) {
			return handshake(Map.of("X-Forwarded-For", address));
		}

		private Handshake handshake(Map<String, String> headers) {
			return this.swarm.open("/ws", headers, (wire, text, payload) -> {
			}).handshake().join();
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "server.forward-headers-strategy=native", "fanfare.limits.address.connections=1" })
	class Native extends Forwarded {

	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "server.forward-headers-strategy=framework", "fanfare.limits.address.connections=1" })
	class Framework extends Forwarded {

	}

	@Nested
	@SmallLimits
	class NotBelieved {

		@LocalServerPort
		private int port;

		@Test
		void whatAClientSaysDoesNotCountWhereNoProxyIsSet() {
			try (Attack attack = new Attack(this.port)) {
				int refused = 0;
				for (int asked = 0; asked < 150; asked++) {
					refused += (attack.get("/api/topics", Map.of("X-Forwarded-For", "203.0.113." + asked)) == 429) ? 1
							: 0;
				}

				assertThat(refused).isPositive();
			}
		}

	}

}
