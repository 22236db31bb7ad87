package dev.fanfare.security.origin;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class OriginsTests {

	private static final Origins ORIGINS = new Origins(
			List.of("https://app.example", "http://[::1]:3000", "https://old.example:443", "capacitor://localhost"));

	private static final Origins ANY = new Origins(List.of("*"));

	@ParameterizedTest
	@CsvSource({ "http://fanfare.example, http://fanfare.example", "http://fanfare.example, HTTP://FANFARE.example",
			"http://Fanfare.Example, http://fanfare.example", "http://fanfare.example, http://fanfare.example:80",
			"https://fanfare.example, https://fanfare.example:443", "http://my_host:8080, http://my_host:8080",
			"http://[::1]:8080, http://[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080, http://[::1]:8080",
			"http://127.0.0.1:8080, http://127.0.0.1:8080", "http://fanfare.example, https://fanfare.example",
			"http://fanfare.example:443, https://fanfare.example" })
	void aPageOfTheServerItselfIsKnown(String server, String origin) {
		assertThat(ORIGINS.sender(request(server, origin))).isEqualTo(Sender.OWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "HTTPS://APP.EXAMPLE", "https://app.example:443",
			"http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000", "https://old.example", "capacitor://localhost" })
	void anAllowedOriginIsKnownInEverySpelling(String origin) {
		assertThat(ORIGINS.sender(request("http://fanfare.example", origin))).isEqualTo(Sender.ALLOWED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "", " ", "file://", "http://fanfare.example.evil.example",
			"http://evil.example/http://fanfare.example", "http://fanfare.example@evil.example",
			"http://evil.example#http://fanfare.example", "http://evil.example?http://fanfare.example",
			"http://fanfare.example\\@evil.example", "http://fanfare.example/", "http://fanfare.example:",
			"http://fanfare.example:080", "http://fanfare.example:99999", "http://fanfare.example:8080",
			"http://fanfare.example.", "http://www.fanfare.example", "ftp://fanfare.example", "fanfare.example",
			"//fanfare.example", "https://app.example:444", "http://app.example", "https://app.example.evil.example",
			"https://evilapp.example", "http://[::1]", "http://[::2]:3000", "http://[::1", "http://[:::]:3000",
			"https://app.example, https://evil.example", "https://app.example https://evil.example",
			"https://xn--pp-yja.example" })
	void anyOtherIsForeign(String origin) {
		assertThat(ORIGINS.sender(request("http://fanfare.example", origin))).isEqualTo(Sender.FOREIGN);
	}

	@Test
	void aPageWithoutTlsIsForeignToAServerWithIt() {
		assertThat(ORIGINS.sender(request("https://fanfare.example", "http://fanfare.example")))
			.isEqualTo(Sender.FOREIGN);
		assertThat(ORIGINS.sender(request("https://fanfare.example", "http://fanfare.example:443")))
			.isEqualTo(Sender.FOREIGN);
	}

	@ParameterizedTest
	@CsvSource({ "same-origin, https://what-a-proxy.example, OWN", "none, , NONE", "same-origin, null, OWN",
			"cross-site, , FOREIGN", "same-site, , FOREIGN", "cross-site, https://evil.example, FOREIGN",
			"same-site, http://fanfare.example, FOREIGN", "cross-site, https://app.example, ALLOWED",
			"SAME-ORIGIN, https://evil.example, FOREIGN", "what-comes-yet, , FOREIGN" })
	void whatABrowserSaysOfTheSiteCountsMore(String site, String origin, Sender sender) {
		MockHttpServletRequest request = request("http://fanfare.example", origin);
		request.addHeader("Sec-Fetch-Site", site);

		assertThat(ORIGINS.sender(request)).isEqualTo(sender);
	}

	@Test
	void aPageThatDoesNotSayWhoseItIsIsOneOfAnybody() {
		MockHttpServletRequest request = request("http://fanfare.example", null);
		request.addHeader("Sec-Fetch-Site", "cross-site");

		assertThat(ANY.sender(request)).isEqualTo(Sender.ANYBODY);
	}

	@Test
	void whoIsNoPageIsTrusted() {
		assertThat(ORIGINS.sender(request("http://fanfare.example", null))).isEqualTo(Sender.NONE);
	}

	@Test
	void twoOriginsAreNone() {
		MockHttpServletRequest request = request("http://fanfare.example", "https://app.example");
		request.addHeader("Origin", "https://evil.example");

		assertThat(ORIGINS.sender(request)).isEqualTo(Sender.FOREIGN);
		assertThat(ANY.sender(request)).isEqualTo(Sender.FOREIGN);
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example, ANYBODY", "null, ANYBODY", "http://fanfare.example, OWN",
			"not an origin, FOREIGN" })
	void whereAllAreAllowedTheServersOwnAreStillMore(String origin, Sender sender) {
		assertThat(ANY.sender(request("http://fanfare.example", origin))).isEqualTo(sender);
	}

	private static MockHttpServletRequest request(String server, String origin) {
		Origin own = Origin.parse(server).orElseThrow();
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setScheme(own.scheme());
		request.setSecure(own.scheme().equals("https"));
		request.setServerName(own.host());
		request.setServerPort((own.port() != 0) ? own.port() : Origin.portOf(own.scheme()));
		if (origin != null) {
			request.addHeader("Origin", origin);
		}
		return request;
	}

}
