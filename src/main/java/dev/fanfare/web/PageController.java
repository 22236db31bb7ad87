package dev.fanfare.web;

import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serve the pages, which may load and reach nothing but this server. What follows a
 * page's name, such as the room of a chat, is for its script.
 */
@Controller
class PageController {

	private static final String CONTENT_SECURITY_POLICY = String.join("; ", "default-src 'none'", "script-src 'self'",
			"style-src 'self'", "img-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'",
			"frame-ancestors 'none'");

	private final PageTexts texts;

	PageController(PageTexts texts) {
		this.texts = texts;
	}

	@GetMapping("/")
	String page(Model model, Locale locale, HttpServletResponse response) {
		return show("page", model, locale, response);
	}

	@GetMapping({ "/chat", "/chat/{room}" })
	String chat(Model model, Locale locale, HttpServletResponse response) {
		return show("chat", model, locale, response);
	}

	@GetMapping({ "/vote", "/vote/{poll}", "/vote/{poll}/screen" })
	String vote(Model model, Locale locale, HttpServletResponse response) {
		return show("vote", model, locale, response);
	}

	@GetMapping({ "/game", "/game/{code}" })
	String game(Model model, Locale locale, HttpServletResponse response) {
		return show("game", model, locale, response);
	}

	private String show(String page, Model model, Locale locale, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
		response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
		model.addAttribute("page", page);
		model.addAttribute("texts", this.texts.of(page, locale));
		return page;
	}

}
