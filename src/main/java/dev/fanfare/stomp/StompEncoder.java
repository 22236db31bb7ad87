package dev.fanfare.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.fanfare.topic.Publication;
import dev.fanfare.websocket.Payload;

/**
 * Write the frames of the server.
 * <p>
 * A frame whose body is UTF-8 goes out as text, any other as binary.
 */
final class StompEncoder {

	/** Hold the heart-beat: an end of line. */
	static final Payload HEARTBEAT = Payload.of("\n");

	private static final byte[] NO_BODY = {};

	private StompEncoder() {
	}

	/** Write a MESSAGE frame for a publication. */
	static Payload message(StompVersion version, String subscription, String destination, Publication publication) {
		Lines lines = new Lines(version, 192 + publication.body().length);
		lines.command("MESSAGE")
			.header("subscription", subscription)
			.header("message-id", publication.position().toString())
			.header("destination", destination)
			.header("timestamp", Long.toString(publication.timestamp()));
		return lines.headers(publication.draft().headers()).body(publication.body());
	}

	/** Write a frame with a body. */
	static Payload frame(StompVersion version, String command, Map<String, String> headers, byte[] body) {
		return new Lines(version, 192 + body.length).command(command).headers(headers).body(body);
	}

	/** Write a frame without a body. */
	static Payload frame(StompVersion version, String command, Map<String, String> headers) {
		return frame(version, command, headers, NO_BODY);
	}

	private static final class Lines {

		private final StompVersion version;

		private final ByteArrayOutputStream bytes;

		private Lines(StompVersion version, int size) {
			this.version = version;
			this.bytes = new ByteArrayOutputStream(size);
		}

		private Lines command(String command) {
			return line(command);
		}

		private Lines headers(Map<String, String> headers) {
			headers.forEach(this::header);
			return this;
		}

		private Lines header(String name, String value) {
			return line(this.version.escapeName(name) + ":" + this.version.escape(value));
		}

		private Lines line(String text) {
			this.bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
			this.bytes.write('\n');
			return this;
		}

		private Payload body(byte[] body) {
			if (body.length > 0) {
				header("content-length", Integer.toString(body.length));
			}
			this.bytes.write('\n');
			this.bytes.writeBytes(body);
			this.bytes.write(0);
			return new Payload(ByteBuffer.wrap(this.bytes.toByteArray()), Payload.isUtf8(body));
		}

	}

}
