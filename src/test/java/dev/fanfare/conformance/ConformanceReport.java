package dev.fanfare.conformance;

import java.net.URI;
import java.time.Duration;

import dev.fanfare.testing.Swarm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run the suite against any server: {@code conformance.address} names it, and
 * {@code conformance.patience} how long an answer may take.
 * <p>
 * Its name keeps it out of the build's own tests; CONTRIBUTING.md has the command.
 */
class ConformanceReport {

	@Test
	void theServerKeepsTheStandard() {
		URI address = URI.create(System.getProperty("conformance.address", ""));
		assertThat(address).as("-Dconformance.address=ws://host:port/path")
			.hasScheme("ws")
			.extracting(URI::getHost)
			.isNotNull();
		Duration patience = Duration.parse(System.getProperty("conformance.patience", "PT5S"));

		Matrix matrix = run(address, patience);

		System.out.println(matrix);
		assertThat(matrix.failed()).as("failed checks of the standard").isEmpty();
	}

	private static Matrix run(URI address, Duration patience) {
		int port = (address.getPort() >= 0) ? address.getPort() : 80;
		try (Swarm swarm = new Swarm(address.getHost(), port); Server server = Server.at(swarm, address, patience)) {
			return Matrix.of(server, Suite.checks());
		}
	}

}
