package dev.fanfare.web;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/**
 * Remember the language a visitor has chosen in a cookie that no script reads, that is
 * not sent with what other sites ask for, and, where it was set over TLS, over TLS alone.
 */
final class LanguageCookie extends CookieLocaleResolver {

	private static final String NAME = "fanfare-language";

	private final CookieLocaleResolver overTls;

	LanguageCookie(Function<HttpServletRequest, Locale> unlessChosen) {
		super(NAME);
		this.overTls = new CookieLocaleResolver(NAME);
		this.overTls.setCookieSecure(true);
		setUp(this, unlessChosen);
		setUp(this.overTls, unlessChosen);
	}

	private static void setUp(CookieLocaleResolver cookie, Function<HttpServletRequest, Locale> unlessChosen) {
		cookie.setDefaultLocaleFunction(unlessChosen);
		cookie.setRejectInvalidCookies(false);
		cookie.setCookieMaxAge(Duration.ofDays(365));
		cookie.setCookieHttpOnly(true);
		cookie.setCookieSameSite("Lax");
	}

	@Override
	public void setLocaleContext(HttpServletRequest request, @Nullable HttpServletResponse response,
			@Nullable LocaleContext chosen) {
		if (request.isSecure()) {
			this.overTls.setLocaleContext(request, response, chosen);
		}
		else {
			super.setLocaleContext(request, response, chosen);
		}
	}

}
