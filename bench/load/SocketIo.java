package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speak socket.io 5 over engine.io 4, over a WebSocket from the start. */
final class SocketIo extends WebSocket {

	@Override
	String path(Link link) {
		return "/socket.io/?EIO=4&transport=websocket";
	}

	@Override
	void upgraded(Link link) {
		// The server speaks first.
	}

	@Override
	void answer(Link link, ByteBuffer in, int from, int to) {
		String packet = text(in, from, to);
		if (packet.startsWith("0")) {
			link.send(message("40"));
		}
		else if (packet.startsWith("40")) {
			if (link.subscribes) {
				link.send(message("420[\"join\",\"" + link.topic + "\"]"));
			}
			link.ready = !link.subscribes;
		}
		else if (packet.startsWith("430")) {
			link.ready = true;
		}
		else if (packet.equals("2")) {
			link.send(message("3"));
		}
		else {
			throw new IllegalStateException("The server says: " + packet);
		}
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		return message("42[\"publish\",\"%s\",\"%s\"]".formatted(topic, new String(body, StandardCharsets.US_ASCII)));
	}

}
