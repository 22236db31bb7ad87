package dev.fanfare.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * See a frame as the server wrote it, headers not unescaped.
 *
 * @param lines the command, then the headers
 * @param headers of repeated ones the first
 * @param text whether it came in a text message
 */
record Received(List<String> lines, Map<String, String> headers, byte[] body, boolean text) {

	/**
	 * Take a WebSocket message apart. Heart-beats are left out, and what cannot be read
	 * is a frame of no command.
	 */
	static List<Received> read(byte[] message, boolean text) {
		try {
			return all(message, text);
		}
		catch (AssertionError | RuntimeException ex) {
			return List.of(new Received(List.of(String.valueOf(ex.getMessage())), Map.of(), message, text));
		}
	}

	private static List<Received> all(byte[] message, boolean text) {
		List<Received> frames = new ArrayList<>();
		int at = 0;
		while (at < message.length) {
			if (message[at] == '\n' || message[at] == '\r') {
				at++;
				continue;
			}
			int head = headEnd(message, at);
			List<String> lines = List.of(new String(message, at, head - at, StandardCharsets.UTF_8).split("\r?\n"));
			Map<String, String> headers = new LinkedHashMap<>();
			for (String line : lines.subList(1, lines.size())) {
				int colon = line.indexOf(':');
				headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
			}
			int end = bodyEnd(message, head, headers.get("content-length"));
			frames.add(new Received(lines, headers, Arrays.copyOfRange(message, head, end), text));
			at = end + 1;
		}
		return frames;
	}

	/** Return where the body begins. */
	private static int headEnd(byte[] message, int from) {
		for (int at = from; at < message.length - 1; at++) {
			boolean lf = message[at] == '\n' && message[at + 1] == '\n';
			boolean crlf = at < message.length - 2 && message[at] == '\n' && message[at + 1] == '\r'
					&& message[at + 2] == '\n';
			if (lf || crlf) {
				return at + (lf ? 2 : 3);
			}
		}
		throw new AssertionError("Not a frame: " + new String(message, StandardCharsets.UTF_8));
	}

	private static int bodyEnd(byte[] message, int from, String length) {
		int end = (length != null) ? from + Integer.parseInt(length) : from;
		while (length == null && end < message.length && message[end] != 0) {
			end++;
		}
		if (end >= message.length || message[end] != 0) {
			throw new AssertionError("No NUL ends the frame: " + new String(message, StandardCharsets.UTF_8));
		}
		return end;
	}

	String command() {
		return this.lines.getFirst();
	}

	/** Return a header as it was written, or an empty text. */
	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "%s %s '%s'".formatted(command(), this.headers, bodyText());
	}

}
