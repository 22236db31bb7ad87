package load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Know a body again, and from which flow, as which of it, and when it was sent.
 * <p>
 * Bodies are text, since not every server takes anything else. Four bits are a letter from {@code @} to {@code O},
 * lowest first, so that eight letters are read with one load and one instruction: <pre>
 *   0         8          16         24                  40
 *   FANFARE:  flow (32)  seq (32)   nanoseconds (64)    xxxxxx ...
 * </pre>
 */
final class Marker {

	static final int LENGTH = 40;

	private static final byte[] MAGIC_BYTES = "FANFARE:".getBytes(StandardCharsets.US_ASCII);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** What a body begins with, read in little-endian order. */
	static final long MAGIC = (long) LONG.get(MAGIC_BYTES, 0);

	private static final long LOW = 0x0F0F0F0F0F0F0F0FL;

	private static final long LETTERS = 0x4040404040404040L;

	private Marker() {
	}

	/** Return a body of so many bytes that has a marker to be filled in. */
	static byte[] body(int length) {
		byte[] body = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(MAGIC_BYTES, 0, body, 0, MAGIC_BYTES.length);
		return body;
	}

	/** Return where the marker in a frame begins. */
	static int find(byte[] frame) {
		for (int at = 0; at + LENGTH <= frame.length; at++) {
			if ((long) LONG.get(frame, at) == MAGIC) {
				return at;
			}
		}
		throw new IllegalArgumentException("There is no marker in the frame");
	}

	/** Return where the marker begins in a part of a buffer of little-endian order, or -1. */
	static int find(ByteBuffer in, int from, int to) {
		for (int at = from; at + LENGTH <= to; at++) {
			if (in.getLong(at) == MAGIC) {
				return at;
			}
		}
		return -1;
	}

	static void write(byte[] frame, int at, int flow, int sequence, long nanos) {
		LONG.set(frame, at + 8, letters(flow));
		LONG.set(frame, at + 16, letters(sequence));
		LONG.set(frame, at + 24, letters(nanos));
		LONG.set(frame, at + 32, letters(nanos >>> 32));
	}

	static int flow(ByteBuffer in, int at) {
		return bits(in.getLong(at + 8));
	}

	static int sequence(ByteBuffer in, int at) {
		return bits(in.getLong(at + 16));
	}

	static long nanos(ByteBuffer in, int at) {
		return Integer.toUnsignedLong(bits(in.getLong(at + 24))) | (long) bits(in.getLong(at + 32)) << 32;
	}

	private static long letters(long low32) {
		return Long.expand(low32, LOW) | LETTERS;
	}

	private static int bits(long letters) {
		return (int) Long.compress(letters, LOW);
	}

}
