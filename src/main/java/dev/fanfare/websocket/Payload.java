package dev.fanfare.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hold the payload of a WebSocket message, or several messages laid out back to back,
 * ready to be sent to any number of connections with one write: <pre>
 *   one       | payload |
 *   several   | payload | header payload | header payload | ...
 * </pre> The header of the first is left to Jetty, which takes the rest for the end of
 * its payload.
 *
 * @param bytes what to send, from position to limit; shared and never changed, senders
 * slice it
 * @param text whether the first message is sent as text, which must be UTF-8, or as
 * binary
 * @param length how long the first message is
 * @param messages how many there are
 */
public record Payload(ByteBuffer bytes, boolean text, int length, int messages) {

	/**
	 * The longest message that is laid out with others; for longer ones a write more is
	 * of no account.
	 */
	static final int LONGEST_JOINED = 16 * 1024;

	private static final int MOST_JOINED = 256 * 1024;

	/** A frame's first byte when it holds the whole of a message (RFC 6455, 5.2). */
	private static final int WHOLE = 0x80;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int SHORT_LENGTH = 126;

	private static final int LONGEST_HEADER = 4;

	/** Hold one message. */
	public Payload(ByteBuffer bytes, boolean text) {
		this(bytes, text, bytes.remaining(), 1);
	}

	/** Send the bytes as text where they are UTF-8 and as binary where they are not. */
	public static Payload of(byte[] bytes) {
		return new Payload(ByteBuffer.wrap(bytes), isUtf8(bytes));
	}

	/** Send the text. */
	public static Payload of(String text) {
		return new Payload(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
	}

	/**
	 * Lay out messages back to back where they are short.
	 * @return the same messages in the same order
	 */
	public static List<Payload> joined(List<Payload> payloads) {
		if (payloads.size() < 2) {
			return payloads;
		}
		List<Payload> joined = new ArrayList<>();
		int start = 0;
		while (start < payloads.size()) {
			int end = start + 1;
			int size = payloads.get(start).size();
			while (end < payloads.size() && payloads.get(start).length <= LONGEST_JOINED
					&& payloads.get(end).length <= LONGEST_JOINED
					&& size + LONGEST_HEADER + payloads.get(end).size() <= MOST_JOINED) {
				size += LONGEST_HEADER + payloads.get(end).size();
				end++;
			}
			joined.add(join(payloads.subList(start, end), size));
			start = end;
		}
		return joined;
	}

	private static Payload join(List<Payload> payloads, int size) {
		Payload first = payloads.getFirst();
		if (payloads.size() == 1) {
			return first;
		}
		ByteBuffer bytes = ByteBuffer.allocate(size).put(first.bytes.slice());
		int messages = first.messages;
		for (Payload next : payloads.subList(1, payloads.size())) {
			next.putHeader(bytes);
			bytes.put(next.bytes.slice());
			messages += next.messages;
		}
		return new Payload(bytes.flip(), first.text, first.length, messages);
	}

	private void putHeader(ByteBuffer frames) {
		frames.put((byte) (WHOLE | (this.text ? TEXT : BINARY)));
		if (this.length < SHORT_LENGTH) {
			frames.put((byte) this.length);
		}
		else {
			frames.put((byte) SHORT_LENGTH).putShort((short) this.length);
		}
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
