package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walk from WebSocket frame to WebSocket frame. */
abstract class WebSocket implements Protocol {

	private static final int UPGRADING = 0;

	/** The stage of a connection whose upgrade was just accepted. */
	static final int UPGRADED = 1;

	/** Return the path and the query to connect to. */
	abstract String path(Link link);

	/** Return a line to add to the request, with its end, or nothing. */
	String header() {
		return "";
	}

	/** Go on from an upgrade. */
	abstract void upgraded(Link link);

	/** Read a message that is no delivery. */
	abstract void answer(Link link, ByteBuffer in, int from, int to);

	@Override
	public byte[] opening(Link link) {
		return ("GET " + path(link) + " HTTP/1.1\r\nHost: 127.0.0.1:" + link.port
				+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header() + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public int read(Link link, ByteBuffer in, int from, int to, Deliveries deliveries) {
		int at = from;
		if (link.stage == UPGRADING) {
			at = upgrade(link, in, from, to);
			if (link.stage == UPGRADING) {
				return from;
			}
		}
		while (to - at >= 2) {
			int length = in.get(at + 1) & 0x7f;
			int begin = at + 2;
			if (length == 126) {
				begin = at + 4;
				length = (to < begin) ? 0 : Short.toUnsignedInt(Short.reverseBytes(in.getShort(at + 2)));
			}
			else if (length == 127) {
				begin = at + 10;
				length = (to < begin) ? 0 : Math.toIntExact(Long.reverseBytes(in.getLong(at + 2)));
			}
			int end = begin + length;
			if (end > to) {
				break;
			}
			int first = in.get(at);
			if ((first & 0x80) == 0 || (first & 0x70) != 0) {
				throw new IllegalStateException("A frame is fragmented or compressed, which nobody asked for");
			}
			if ((first & 0x8) != 0) {
				control(link, in, first & 0xf, begin, end);
			}
			else if (!deliveries.take(link, in, begin, end)) {
				answer(link, in, begin, end);
			}
			at = end;
		}
		return at;
	}

	private int upgrade(Link link, ByteBuffer in, int from, int to) {
		String head = text(in, from, to);
		int end = head.indexOf("\r\n\r\n");
		if (end >= 0) {
			if (!head.startsWith("HTTP/1.1 101")) {
				throw new IllegalStateException("Not upgraded: " + head.lines().findFirst().orElse(""));
			}
			link.stage = UPGRADED;
			upgraded(link);
		}
		return from + end + 4;
	}

	private void control(Link link, ByteBuffer in, int opCode, int begin, int end) {
		if (opCode == 9) {
			byte[] body = new byte[end - begin];
			in.get(begin, body);
			link.send(frame(0x8a, body));
		}
		else if (opCode == 8 && end - begin >= 2) {
			System.err.printf("    closed by the server: %d %s%n",
					Short.toUnsignedInt(Short.reverseBytes(in.getShort(begin))), text(in, begin + 2, end));
		}
	}

	/** Return a text as a message, masked with zeros. */
	static byte[] message(String text) {
		return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] frame(int first, byte[] body) {
		ByteBuffer frame = ByteBuffer.allocate(14 + body.length).put((byte) first);
		if (body.length < 126) {
			frame.put((byte) (0x80 | body.length));
		}
		else if (body.length < 1 << 16) {
			frame.put((byte) (0x80 | 126)).putShort((short) body.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(body.length);
		}
		frame.putInt(0).put(body);
		return java.util.Arrays.copyOf(frame.array(), frame.position());
	}

	static String text(ByteBuffer in, int from, int to) {
		byte[] bytes = new byte[to - from];
		in.get(from, bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
