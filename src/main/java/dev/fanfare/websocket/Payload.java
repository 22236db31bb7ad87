package dev.fanfare.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Hold the payload of one WebSocket message, ready to be sent to any number of
 * connections.
 *
 * @param bytes what to send, from position to limit; shared and never changed, senders
 * slice it
 * @param text whether it is sent as text, which must be UTF-8, or as binary
 */
public record Payload(ByteBuffer bytes, boolean text) {

	/** Send the bytes as text where they are UTF-8 and as binary where they are not. */
	public static Payload of(byte[] bytes) {
		return new Payload(ByteBuffer.wrap(bytes), isUtf8(bytes));
	}

	/** Send the text. */
	public static Payload of(String text) {
		return new Payload(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
	}

	/** Return how many bytes there are. */
	public int size() {
		return this.bytes.remaining();
	}

	/**
	 * Tell whether the bytes are well-formed UTF-8, as text messages must be (RFC 6455,
	 * 5.6).
	 */
	public static boolean isUtf8(byte[] bytes) {
		for (byte each : bytes) {
			if (each < 0) {
				return decodes(bytes);
			}
		}
		return true;
	}

	private static boolean decodes(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
