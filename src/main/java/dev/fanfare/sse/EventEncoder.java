package dev.fanfare.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.fanfare.broker.Train;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Write events.
 * <p>
 * A browser passes over fields it does not know, as the standard says, so those that it
 * does not have are there for other clients.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML
 * Standard, Server-sent events</a>
 */
final class EventEncoder {

	/** A comment, which means nothing. */
	static final Payload HEARTBEAT = plain(":\n\n");

	private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

	private EventEncoder() {
	}

	/** Write all publications of a train, to be sent together. */
	static Payload events(Train train) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		train.publications().forEach((publication) -> write(publication, out));
		return Payload.unframed(out.toByteArray());
	}

	/** Say how long to wait after the end of the stream before coming back. */
	static Payload retry(Duration retry) {
		return plain("retry: %d\n\n".formatted(retry.toMillis()));
	}

	/** Let the client know where it is, without an event that it hears of. */
	static Payload standing(Position position) {
		return plain("id: %s\n\n".formatted(position));
	}

	/** Say that something is missing between two positions. */
	static Payload lost(@Nullable Position seen, Position position) {
		String from = (seen != null) ? "\"lastSeen\":\"%s\",".formatted(seen) : "";
		return plain("event: lost\nid: %s\ndata: {%s\"position\":\"%s\"}\n\n".formatted(position, from, position));
	}

	/** Say why the stream cannot go on. */
	static Payload problem(Refusal why) {
		return plain("event: problem\ndata: %s\ndata: %s\n\n".formatted(why.type().word(), oneLine(why.getMessage())));
	}

	private static Payload plain(String text) {
		return Payload.unframed(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void write(Publication publication, ByteArrayOutputStream out) {
		boolean text = Payload.isUtf8(publication.body());
		field("id", publication.position().toString(), out);
		field("timestamp", Long.toString(publication.timestamp()), out);
		publication.draft().contentType().ifPresent((type) -> field("content-type", oneLine(type), out));
		if (text) {
			data(publication.body(), out);
		}
		else {
			field("event", "base64", out);
			field("data", Base64.getEncoder().encodeToString(publication.body()), out);
		}
		out.write('\n');
	}

	/** Write one field per line; what ends a line is CR LF, LF or CR. */
	private static void data(byte[] body, ByteArrayOutputStream out) {
		int start = 0;
		for (int at = 0; at < body.length; at++) {
			if (body[at] == '\n' || body[at] == '\r') {
				line(body, start, at, out);
				at += (body[at] == '\r' && at + 1 < body.length && body[at + 1] == '\n') ? 1 : 0;
				start = at + 1;
			}
		}
		line(body, start, body.length, out);
	}

	private static void line(byte[] body, int start, int end, ByteArrayOutputStream out) {
		out.writeBytes(DATA);
		out.write(body, start, end - start);
		out.write('\n');
	}

	private static void field(String name, String value, ByteArrayOutputStream out) {
		out.writeBytes((name + ": " + value + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/** What a publisher wrote must not become a field of its own. */
	private static String oneLine(String text) {
		return text.replaceAll("[\r\n]+", " ");
	}

}
