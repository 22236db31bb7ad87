package dev.fanfare.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hold bytes that are ready to be sent to any number of connections: one message with all
 * that frames it, or several back to back.
 *
 * @param bytes what to send, from position to limit; shared and never changed, senders
 * slice it
 * @param messages how many there are
 */
public record Payload(ByteBuffer bytes, int messages) {

	/** How many bytes the header of a WebSocket frame of the server has at most. */
	public static final int LONGEST_HEADER = 10;

	/**
	 * The longest that is laid out with others; for longer ones a buffer more is of no
	 * account.
	 */
	private static final int LONGEST_JOINED = 16 * 1024;

	private static final int MOST_JOINED = 256 * 1024;

	/** A frame's first byte when it holds the whole of a message (RFC 6455, 5.2). */
	private static final int WHOLE = 0x80;

	/** In the same byte, that the message is compressed (RFC 7692, 7.2.3). */
	private static final int COMPRESSED = 0x40;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int TWO_BYTES = 126;

	private static final int EIGHT_BYTES = 127;

	/** Hold a message of a protocol that has frames of its own, or none. */
	public static Payload unframed(byte[] bytes) {
		return new Payload(ByteBuffer.wrap(bytes), 1);
	}

	/**
	 * Frame a WebSocket message: as text where it is UTF-8 and as binary where it is not.
	 */
	public static Payload of(byte[] message) {
		return of(message, isUtf8(message));
	}

	/** Frame a WebSocket message of text. */
	public static Payload of(String message) {
		return of(message.getBytes(StandardCharsets.UTF_8), true);
	}

	/**
	 * Frame a WebSocket message.
	 * @param text whether it is sent as text, which must be UTF-8, or as binary
	 */
	public static Payload of(byte[] message, boolean text) {
		byte[] bytes = new byte[LONGEST_HEADER + message.length];
		System.arraycopy(message, 0, bytes, LONGEST_HEADER, message.length);
		return framed(bytes, bytes.length, text);
	}

	/**
	 * Frame a WebSocket message where it lies, without copying it.
	 * @param bytes the message, behind {@link #LONGEST_HEADER} bytes for its header;
	 * handed over
	 * @param end where the message ends
	 * @param text whether it is sent as text, which must be UTF-8, or as binary
	 */
	public static Payload framed(byte[] bytes, int end, boolean text) {
		return framed(bytes, end, WHOLE | (text ? TEXT : BINARY));
	}

	private static Payload framed(byte[] bytes, int end, int first) {
		int length = end - LONGEST_HEADER;
		int start = LONGEST_HEADER - headerLength(length);
		ByteBuffer frame = ByteBuffer.wrap(bytes, start, end - start);
		frame.put(start, (byte) first);
		if (length < TWO_BYTES) {
			frame.put(start + 1, (byte) length);
		}
		else if (length <= 0xffff) {
			frame.put(start + 1, (byte) TWO_BYTES).putShort(start + 2, (short) length);
		}
		else {
			frame.put(start + 1, (byte) EIGHT_BYTES).putLong(start + 2, length);
		}
		return new Payload(frame, 1);
	}

	/**
	 * Return the same message compressed, for clients that agreed to that; as it is if it
	 * would not be shorter. For a single framed message, on a lane.
	 */
	public Payload deflated() {
		int header = switch (this.bytes.get(this.bytes.position() + 1)) {
			case TWO_BYTES -> 4;
			case EIGHT_BYTES -> LONGEST_HEADER;
			default -> 2;
		};
		byte[] deflated = Compression.deflated(this.bytes.slice(this.bytes.position() + header, size() - header));
		int first = this.bytes.get(this.bytes.position()) | COMPRESSED;
		return (deflated.length > 0) ? framed(deflated, deflated.length, first) : this;
	}

	private static int headerLength(int length) {
		if (length < TWO_BYTES) {
			return 2;
		}
		return (length <= 0xffff) ? 4 : LONGEST_HEADER;
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
			while (end < payloads.size() && payloads.get(end - 1).isShort() && payloads.get(end).isShort()
					&& size + payloads.get(end).size() <= MOST_JOINED) {
				size += payloads.get(end).size();
				end++;
			}
			joined.add(join(payloads.subList(start, end), size));
			start = end;
		}
		return joined;
	}

	private static Payload join(List<Payload> payloads, int size) {
		if (payloads.size() == 1) {
			return payloads.getFirst();
		}
		ByteBuffer bytes = ByteBuffer.allocate(size);
		int messages = 0;
		for (Payload payload : payloads) {
			bytes.put(payload.bytes.slice());
			messages += payload.messages;
		}
		return new Payload(bytes.flip(), messages);
	}

	private boolean isShort() {
		return size() <= LONGEST_JOINED * this.messages;
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
