package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Publish with a POST each, over a connection that is kept. */
final class Http implements Protocol {

	private final String path;

	Http(String path) {
		this.path = path;
	}

	@Override
	public byte[] opening(Link link) {
		link.ready = true;
		return new byte[0];
	}

	@Override
	public int read(Link link, ByteBuffer in, int from, int to, Deliveries deliveries) {
		String answers = WebSocket.text(in, from, to);
		int at = 0;
		for (int end = end(answers); end >= 0; end = end(answers.substring(at))) {
			int status = Integer.parseInt(answers, at + 9, at + 12, 10);
			if (status / 100 != 2 && status != 503) {
				throw new IllegalStateException("The server answers: " + answers.substring(at));
			}
			deliveries.answered(link, status != 503);
			at += end;
		}
		return from + at;
	}

	/** Return where the first answer ends, or -1 if not all of it is there. */
	private static int end(String answer) {
		int head = answer.indexOf("\r\n\r\n");
		int end = (head < 0) ? -1 : end(answer, head);
		return (end > answer.length()) ? -1 : end;
	}

	private static int end(String answer, int head) {
		String headers = answer.substring(0, head + 2).toLowerCase(Locale.ROOT);
		int at = headers.indexOf("\r\ncontent-length:");
		if (at >= 0) {
			return head + 4 + Integer.parseInt(headers.substring(at + 17, headers.indexOf("\r\n", at + 17)).strip());
		}
		if (headers.contains("\r\ntransfer-encoding:")) {
			int last = answer.indexOf("0\r\n\r\n", head + 4);
			return (last < 0) ? -1 : last + 5;
		}
		return head + 4;
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		return "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(this.path.replace("{topic}", topic), body.length, new String(body, StandardCharsets.US_ASCII))
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public boolean publishesAnywhere() {
		return false;
	}

}
