package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Speak MQTT 3.1.1 with QoS 0. */
final class Mqtt implements Protocol {

	private static final int CONNACK = 2;

	private static final int PUBLISH = 3;

	private static final int SUBACK = 9;

	@Override
	public byte[] opening(Link link) {
		// Empty: the server names it. One that is in use would end the connection that has it.
		byte[] client = string("");
		// Version 4, a clean session, no keep-alive.
		ByteBuffer body = ByteBuffer.allocate(10 + client.length).put(string("MQTT")).put((byte) 4).put((byte) 2);
		return packet(0x10, body.putShort((short) 0).put(client).array());
	}

	@Override
	public int read(Link link, ByteBuffer in, int from, int to, Deliveries deliveries) {
		int at = from;
		while (to - at >= 2) {
			int begin = at + 1;
			int length = 0;
			int shift = 0;
			int next = 0x80;
			while (begin < to && (next & 0x80) != 0) {
				next = in.get(begin++);
				length |= (next & 0x7f) << shift;
				shift += 7;
			}
			int end = begin + length;
			if ((next & 0x80) != 0 || end > to) {
				break;
			}
			int type = in.get(at) >> 4 & 0xf;
			if (type != PUBLISH || !deliveries.take(link, in, begin, end)) {
				answer(link, type);
			}
			at = end;
		}
		return at;
	}

	private static void answer(Link link, int type) {
		if (type == CONNACK && link.subscribes) {
			byte[] topic = string(link.topic);
			link.send(packet(0x82, ByteBuffer.allocate(3 + topic.length).putShort((short) 1).put(topic).array()));
		}
		else if (type == CONNACK || type == SUBACK) {
			link.ready = true;
		}
		else {
			throw new IllegalStateException("The server sends a packet of type " + type);
		}
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		byte[] name = string(topic);
		return packet(0x30, ByteBuffer.allocate(name.length + body.length).put(name).put(body).array());
	}

	private static byte[] string(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
	}

	private static byte[] packet(int first, byte[] body) {
		ByteBuffer packet = ByteBuffer.allocate(5 + body.length).put((byte) first);
		int length = body.length;
		while (length > 0x7f) {
			packet.put((byte) (length & 0x7f | 0x80));
			length >>= 7;
		}
		packet.put((byte) length).put(body);
		return Arrays.copyOf(packet.array(), packet.position());
	}

}
