package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speak WebSocket alone: the path says which topic, a message is a body. */
final class Raw extends WebSocket {

	private final String path;

	private final String publishPath;

	/** Subscribe, and publish as a subscriber, at one path, and only publish at another. */
	Raw(String path, String publishPath) {
		this.path = path;
		this.publishPath = publishPath;
	}

	@Override
	String path(Link link) {
		return (link.subscribes ? this.path : this.publishPath).replace("{topic}", link.topic);
	}

	@Override
	void upgraded(Link link) {
		link.ready = true;
	}

	@Override
	void answer(Link link, ByteBuffer in, int from, int to) {
		// Some tell a publisher how many have heard it.
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		return message(new String(body, StandardCharsets.US_ASCII));
	}

	@Override
	public boolean publishesAnywhere() {
		return false;
	}

}
