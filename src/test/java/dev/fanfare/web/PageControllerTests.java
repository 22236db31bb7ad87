package dev.fanfare.web;

import java.util.Locale;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(PageController.class)
@ContextConfiguration(classes = { PageController.class, PageTexts.class, Languages.class, ClientLibrary.class })
class PageControllerTests {

	private static final String ENGLISH_BUTTON = "Broadcast to everybody";

	private static final String CHINESE_BUTTON = "广播给所有人";

	@Autowired
	private MockMvcTester mvc;

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en-GB|en", "zh-CN|zh-CN", "zh|zh-CN", "zh-Hans-SG|zh-CN", "zh-TW|zh-CN",
			"fr-FR,zh;q=0.9,en;q=0.8|zh-CN", "fr|en", "not a language|en" })
	void theBrowserChoosesTheLanguage(String accepted, String language) {
		assertThat(this.mvc.get().uri("/").header(HttpHeaders.ACCEPT_LANGUAGE, accepted)).hasStatusOk()
			.bodyText()
			.contains("<html lang=\"%s\"".formatted(language))
			.contains(language.equals("en") ? ENGLISH_BUTTON : CHINESE_BUTTON);
	}

	@Test
	void noPreferenceIsEnglish() {
		assertThat(this.mvc.get().uri("/")).hasStatusOk().bodyText().contains(ENGLISH_BUTTON);
	}

	@Test
	void theServersOwnLanguageDoesNotMatter() {
		var own = Locale.getDefault();
		Locale.setDefault(Locale.CHINA);
		try {
			assertThat(this.mvc.get().uri("/").header(HttpHeaders.ACCEPT_LANGUAGE, "en-NZ")).hasStatusOk()
				.bodyText()
				.contains(ENGLISH_BUTTON);
		}
		finally {
			Locale.setDefault(own);
		}
	}

	@Test
	void theVisitorsChoiceIsRemembered() {
		var chosen = this.mvc.get().uri("/?lang=zh-CN").header(HttpHeaders.ACCEPT_LANGUAGE, "en").exchange();
		assertThat(chosen).hasStatusOk().bodyText().contains(CHINESE_BUTTON);

		var later = this.mvc.get()
			.uri("/")
			.header(HttpHeaders.ACCEPT_LANGUAGE, "en")
			.cookie(chosen.getResponse().getCookie("fanfare-language"));

		assertThat(later).hasStatusOk().bodyText().contains(CHINESE_BUTTON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "xx", "%00", "zh_CN_%3Cscript%3E", "", "../../etc", "🎺" })
	void aChoiceThereIsNoBundleForIsEnglish(String language) {
		assertThat(this.mvc.get().uri("/?lang=" + language)).hasStatusOk().bodyText().contains(ENGLISH_BUTTON);
	}

	@Test
	void aDamagedCookieIsIgnored() {
		assertThat(this.mvc.get().uri("/").cookie(new Cookie("fanfare-language", "%%%"))).hasStatusOk()
			.bodyText()
			.contains(ENGLISH_BUTTON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "zh-CN" })
	void everyTextIsThere(String language) {
		assertThat(this.mvc.get().uri("/?lang=" + language)).hasStatusOk()
			.bodyText()
			.doesNotContain("??")
			.contains("value=\"page.state.connected\"");
	}

	@Test
	void aPageBringsTheTextsOfItsOwnScriptAndOfTheShell() {
		assertThat(this.mvc.get().uri("/")).hasStatusOk()
			.bodyText()
			.contains("value=\"page.log.clear\"", "value=\"shell.cut\"")
			.doesNotContainPattern("<data value=\"(?!page\\.|shell\\.)");
	}

	@Test
	void aPageKnowsWhereTheServerBegins() {
		assertThat(this.mvc.get().uri("/live/").contextPath("/live")).hasStatusOk()
			.bodyText()
			.contains("name=\"fanfare-base\" content=\"/live/\"", "href=\"/live/chat\"");
	}

	@Test
	void thePageRunsNothingButItsOwnFiles() {
		var policy = this.mvc.get().uri("/").exchange().getResponse().getHeader("Content-Security-Policy");

		assertThat(policy).contains("default-src 'none'", "script-src 'self'").doesNotContain("unsafe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/client.js", "/assets/stomp.js" })
	void anyPageMayImportAClient(String library) {
		assertThat(this.mvc.get().uri(library).header(HttpHeaders.ORIGIN, "https://example.org")).hasStatusOk()
			.hasHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
	}

	@Test
	void theWorkerMayConnectToItsOwnServerAndIsNeverStale() {
		assertThat(this.mvc.get().uri("/assets/client-worker.js")).hasStatusOk()
			.hasHeader("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
			.hasHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/page.js", "/assets/client-worker.js" })
	void noOtherPageMayImportAnythingElse(String script) {
		assertThat(this.mvc.get().uri(script).header(HttpHeaders.ORIGIN, "https://example.org"))
			.doesNotContainHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
	}

}
