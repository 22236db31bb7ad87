package dev.fanfare.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Know which texts there are, so that a page can bring along those of its script without
 * a list of them: all whose keys begin with the page's name, and those of the shell that
 * all pages have.
 */
@Component
final class PageTexts {

	private static final String SHELL = "shell";

	private final MessageSource messages;

	private final List<String> keys;

	PageTexts(MessageSource messages) {
		this.messages = messages;
		this.keys = ResourceBundle.getBundle("messages", Locale.ROOT).keySet().stream().sorted().toList();
	}

	/**
	 * Give the texts of a page and of the shell, in the order of their keys. Places for
	 * values ({0}) are left as they are.
	 */
	Map<String, String> of(String page, Locale locale) {
		var texts = new TreeMap<String, String>();
		this.keys.stream()
			.filter((key) -> key.startsWith(page + ".") || key.startsWith(SHELL + "."))
			.forEach((key) -> texts.put(key, this.messages.getMessage(key, null, locale)));
		return texts;
	}

}
