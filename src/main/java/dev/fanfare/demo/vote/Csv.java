package dev.fanfare.demo.vote;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Write a table as comma-separated values that spreadsheets show and do not run.
 * <p>
 * They take text that begins with certain characters for a formula, which may send what
 * is in other cells elsewhere; such a text gets an apostrophe in front. Every text is in
 * quotes, so that nothing in it begins another cell, whatever separates those here.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class Csv {

	/** What formulas begin with, in the width of Chinese and Japanese too. */
	private static final String BEGINS_FORMULA = "=+-@\t\r\n＝＋－＠";

	/** By which spreadsheets know that it is UTF-8. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final StringBuilder lines = new StringBuilder(BYTE_ORDER_MARK);

	/** Add a line: numbers as they are, anything else as text. */
	Csv line(Object... cells) {
		this.lines.append(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
		return this;
	}

	byte[] bytes() {
		return this.lines.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String cell(Object value) {
		return (value instanceof Number) ? value.toString()
				: '"' + harmless(value.toString()).replace("\"", "\"\"") + '"';
	}

	private static String harmless(String text) {
		String begin = text.stripLeading();
		boolean formula = !begin.isEmpty() && BEGINS_FORMULA.indexOf(begin.charAt(0)) >= 0
				|| !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0;
		return formula ? "'" + text : text;
	}

}
