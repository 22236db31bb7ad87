package dev.fanfare.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import dev.fanfare.topic.Position;
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

	// What each MESSAGE frame begins with and goes on with.

	private static final byte[] SUBSCRIPTION = ascii("MESSAGE\nsubscription:");

	private static final byte[] MESSAGE_ID = ascii("\nmessage-id:");

	private static final byte[] DESTINATION = ascii("\ndestination:");

	private static final byte[] TIMESTAMP = ascii("\ntimestamp:");

	private StompEncoder() {
	}

	/** Write a MESSAGE frame for a publication. */
	static Payload message(StompVersion version, String subscription, String destination, Publication publication) {
		Lines lines = new Lines(version, 192 + publication.body().length);
		Position position = publication.position();
		lines.write(SUBSCRIPTION);
		lines.escaped(subscription);
		lines.write(MESSAGE_ID);
		lines.write(position.epoch());
		lines.write(version.colon());
		lines.write(Long.toString(position.offset()));
		lines.write(DESTINATION);
		lines.escaped(destination);
		lines.write(TIMESTAMP);
		lines.write(Long.toString(publication.timestamp()));
		lines.write('\n');
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

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** Gather the bytes of one frame. */
	private static final class Lines {

		private final StompVersion version;

		private byte[] bytes;

		private int size = Payload.LONGEST_HEADER;

		private Lines(StompVersion version, int size) {
			this.version = version;
			this.bytes = new byte[Payload.LONGEST_HEADER + size];
		}

		private Lines command(String command) {
			write(command);
			write('\n');
			return this;
		}

		private Lines headers(Map<String, String> headers) {
			headers.forEach(this::header);
			return this;
		}

		private Lines header(String name, String value) {
			write(this.version.escapeName(name));
			write(':');
			escaped(value);
			write('\n');
			return this;
		}

		/** Write a header's value. */
		private void escaped(String value) {
			if (!wrote(value, true)) {
				write(this.version.escape(value).getBytes(StandardCharsets.UTF_8));
			}
		}

		private Payload body(byte[] body) {
			if (body.length > 0) {
				header("content-length", Integer.toString(body.length));
			}
			write('\n');
			write(body);
			write('\0');
			return Payload.framed(this.bytes, this.size, Payload.isUtf8(body));
		}

		private void write(String text) {
			if (!wrote(text, false)) {
				write(text.getBytes(StandardCharsets.UTF_8));
			}
		}

		/**
		 * Write text as it is, in one pass, if it is plain ASCII; nothing if it is not.
		 * @param escapes whether what has to be escaped is not plain either
		 */
		private boolean wrote(String text, boolean escapes) {
			reserve(text.length());
			byte[] to = this.bytes;
			int start = this.size;
			for (int at = 0; at < text.length(); at++) {
				char each = text.charAt(at);
				if (each > 0x7f || escapes && StompVersion.isSpecial(each)) {
					return false;
				}
				to[start + at] = (byte) each;
			}
			this.size = start + text.length();
			return true;
		}

		private void write(byte[] more) {
			reserve(more.length);
			System.arraycopy(more, 0, this.bytes, this.size, more.length);
			this.size += more.length;
		}

		private void write(char ascii) {
			reserve(1);
			this.bytes[this.size++] = (byte) ascii;
		}

		private void reserve(int more) {
			if (this.size + more > this.bytes.length) {
				this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, 2 * this.bytes.length));
			}
		}

	}

}
