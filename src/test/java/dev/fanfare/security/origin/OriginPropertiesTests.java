package dev.fanfare.security.origin;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OriginPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/", "https://example.org/app", "example.org", "https://", "",
			"https://*.example.org", "https://a@example.org", "https://example.org:", "https://example.org:0",
			"https://example.org:65536", "http://[::g]", "null", "https://bücher.example" })
	void whatIsNoOriginIsNamed(String origin) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginProperties(List.of("https://fine.example", origin), List.of()))
			.withMessageContaining("fanfare.access.allowed-origins has '" + origin + "'")
			.withMessageContaining("such as https://example.org, without a path");
	}

	@Test
	void allOriginsStandAlone() {
		assertThat(new OriginProperties(List.of("*"), List.of()).allowedOrigins()).containsExactly("*");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OriginProperties(List.of("https://example.org", "*"), List.of()))
			.withMessageContaining("(https://example.org, *)")
			.withMessageContaining("alone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org", "example.org:8080", "*", "", "*.example.org", "[::1]" })
	void whatIsNoHostIsNamed(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> new OriginProperties(List.of(), List.of(host)))
			.withMessageContaining("fanfare.access.allowed-hosts has '" + host + "'")
			.withMessageContaining("such as example.org");
	}

	@ParameterizedTest
	@CsvSource({ "fanfare.example, true", "FANFARE.EXAMPLE, true", "localhost, true", "127.0.0.1, true",
			"10.1.2.3, true", "[::1], true", "evil.example, false", "fanfare.example.evil.example, false",
			"fanfare.example., false", "localhost.evil.example, false", "127.0.0.1.evil.example, false",
			"1.2.3.4.5, false", "'', false" })
	void onlyNamesThatAreListedAndAddressesAreAllowed(String host, boolean allowed) {
		Hosts hosts = Hosts.orAny(new OriginProperties(List.of(), List.of("Fanfare.example")).allowedHosts());

		assertThat(hosts.allow(host)).isEqualTo(allowed);
	}

	@Test
	void anyNameIsAllowedWhereNoneIsListed() {
		assertThat(Hosts.orAny(List.of()).allow("whatever.example")).isTrue();
	}

	@Test
	void addressesAloneAreAllowedWhereNamesMustBeListedAndNoneIs() {
		assertThat(Hosts.only(List.of()).allow("localhost")).isTrue();
		assertThat(Hosts.only(List.of()).allow("10.1.2.3")).isTrue();
		assertThat(Hosts.only(List.of()).allow("whatever.example")).isFalse();
	}

}
