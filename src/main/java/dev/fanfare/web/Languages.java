package dev.fanfare.web;

import java.util.List;
import java.util.Locale;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * Speak the language a visitor has chosen, else the first of the browser's languages that
 * there is a bundle for.
 */
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {

	@Bean
	LocaleResolver localeResolver() {
		var browser = new AcceptHeaderLocaleResolver();
		browser.setSupportedLocales(List.of(Locale.ENGLISH, Locale.CHINESE));
		browser.setDefaultLocale(Locale.ENGLISH);
		return new LanguageCookie(browser::resolveLocale);
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		var change = new LocaleChangeInterceptor();
		change.setParamName("lang");
		change.setIgnoreInvalidLocale(true);
		registry.addInterceptor(change).addPathPatterns("/", "/chat/**", "/vote/**", "/game/**");
	}

}
