package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speak the protocol of NATS. */
final class Nats implements Protocol {

	private static final byte[] PONG = ascii("PONG\r\n");

	@Override
	public byte[] opening(Link link) {
		String subscribe = link.subscribes ? "SUB " + link.topic + " 1\r\n" : "";
		return ascii("CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"bench\",\"version\":\"1\"}\r\n"
				+ subscribe + "PING\r\n");
	}

	@Override
	public int read(Link link, ByteBuffer in, int from, int to, Deliveries deliveries) {
		int at = from;
		while (at < to) {
			int end = at;
			int size = 0;
			byte next = in.get(end);
			// The last number of a line is how long the body is.
			while (next != '\r') {
				size = (next >= '0' && next <= '9') ? size * 10 + next - '0' : 0;
				if (++end >= to) {
					return at;
				}
				next = in.get(end);
			}
			end += 2;
			byte first = in.get(at);
			if (first == 'M') {
				if (end + size + 2 > to) {
					return at;
				}
				deliveries.take(link, in, end, end + size);
				end += size + 2;
			}
			else if (end > to) {
				return at;
			}
			else {
				answer(link, WebSocket.text(in, at, end));
			}
			at = end;
		}
		return at;
	}

	private static void answer(Link link, String line) {
		if (line.startsWith("PING")) {
			link.send(PONG);
		}
		else if (line.startsWith("PONG")) {
			link.ready = true;
		}
		else if (line.startsWith("-ERR")) {
			throw new IllegalStateException("The server says: " + line.strip());
		}
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		return ascii("PUB %s %d\r\n%s\r\n".formatted(topic, body.length, new String(body, StandardCharsets.US_ASCII)));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
