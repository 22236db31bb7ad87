package dev.fanfare.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Read what a server sends on one connection, however it is cut: the answer to the
 * upgrade, then frames.
 */
public final class WireReader {

	private static final byte[] NOTHING = {};

	private final Wire wire;

	private final Wire.Listener listener;

	private boolean upgraded;

	/** The beginning of what has not come wholly. */
	private byte[] rest = NOTHING;

	/** The message so far, where it comes in several frames. */
	private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

	private boolean text;

	WireReader(Wire wire, Wire.Listener listener) {
		this.wire = wire;
		this.listener = listener;
	}

	/** Put what is left over at the start of the buffer. */
	void restore(ByteBuffer buffer) {
		buffer.put(this.rest);
	}

	/** Read all that is whole and keep what is left. */
	void read(ByteBuffer buffer) {
		boolean whole = this.upgraded || readHandshake(buffer);
		while (whole) {
			whole = readFrame(buffer);
		}
		this.rest = buffer.hasRemaining() ? new byte[buffer.remaining()] : NOTHING;
		buffer.get(this.rest);
	}

	private boolean readHandshake(ByteBuffer buffer) {
		String answer = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
		int end = answer.indexOf("\r\n\r\n");
		if (end < 0) {
			return false;
		}
		String head = answer.substring(0, end);
		int status = Integer.parseInt(head.substring(9, 12));
		this.upgraded = status == 101;
		buffer.position(buffer.position() + end + 4);
		this.wire.answered(new Handshake(status, head));
		return this.upgraded;
	}

	private boolean readFrame(ByteBuffer buffer) {
		int start = buffer.position();
		int size = size(buffer, start);
		int head = head(buffer, start);
		if (size < 0 || buffer.limit() - start < head + size) {
			return false;
		}
		frame(buffer.get(start), buffer.slice(start + head, size));
		buffer.position(start + head + size);
		return true;
	}

	private static int head(ByteBuffer buffer, int start) {
		if (buffer.limit() - start < 2) {
			return 2;
		}
		int code = buffer.get(start + 1) & 0x7f;
		return (code < 126) ? 2 : (code == 126) ? 4 : 10;
	}

	/** Return the size of the payload, -1 where that has not come yet. */
	private static int size(ByteBuffer buffer, int start) {
		int head = head(buffer, start);
		if (buffer.limit() - start < head) {
			return -1;
		}
		return switch (head) {
			case 2 -> buffer.get(start + 1) & 0x7f;
			case 4 -> buffer.getShort(start + 2) & 0xffff;
			default -> Math.toIntExact(buffer.getLong(start + 2));
		};
	}

	private void frame(byte first, ByteBuffer payload) {
		switch (first & 0xf) {
			case 0x0, 0x1, 0x2 -> message(first, payload);
			case 0x8 -> this.wire.closing(close(payload));
			case 0x9 -> this.wire.send(0xa, bytes(payload));
			case 0xa -> this.listener.pong(bytes(payload));
			default -> {
				// None that RFC 6455 knows: there is nothing to do with it.
			}
		}
	}

	private void message(byte first, ByteBuffer payload) {
		boolean last = (first & 0x80) != 0;
		int opCode = first & 0xf;
		if (opCode != 0) {
			this.text = opCode == 0x1;
			if (last) {
				this.listener.message(this.wire, this.text, payload);
				return;
			}
		}
		this.fragments.writeBytes(bytes(payload));
		if (last) {
			this.listener.message(this.wire, this.text, ByteBuffer.wrap(this.fragments.toByteArray()));
			this.fragments.reset();
		}
	}

	private static Wire.Close close(ByteBuffer payload) {
		if (payload.remaining() < 2) {
			return new Wire.Close(1005, "");
		}
		int code = payload.getShort() & 0xffff;
		return new Wire.Close(code, StandardCharsets.UTF_8.decode(payload).toString());
	}

	private static byte[] bytes(ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		return bytes;
	}

	/**
	 * Say how a server answered the request to upgrade.
	 *
	 * @param head its status line and headers
	 */
	public record Handshake(int status, String head) {
	}

}
