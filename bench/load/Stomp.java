package load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Speak STOMP 1.2 over a WebSocket, without heart-beats. */
final class Stomp extends WebSocket {

	private static final int CONNECTING = 2;

	private static final int SUBSCRIBING = 3;

	private final String path;

	private final String login;

	private final boolean receipts;

	/**
	 * Speak it at a path.
	 * @param login who connects, with the password of the same name; nobody if it is empty
	 * @param receipts whether the server answers a SUBSCRIBE
	 */
	Stomp(String path, String login, boolean receipts) {
		this.path = path;
		this.login = login.isEmpty() ? "" : "login:%s\npasscode:%s\n".formatted(login, login);
		this.receipts = receipts;
	}

	@Override
	String path(Link link) {
		return this.path;
	}

	@Override
	String header() {
		return "Sec-WebSocket-Protocol: v12.stomp\r\n";
	}

	@Override
	void upgraded(Link link) {
		link.stage = CONNECTING;
		link.send(message("CONNECT\naccept-version:1.2\nhost:/\nheart-beat:0,0\n" + this.login + "\n\0"));
	}

	@Override
	void answer(Link link, ByteBuffer in, int from, int to) {
		String frame = text(in, from, to);
		if (frame.startsWith("CONNECTED") && link.stage == CONNECTING) {
			link.stage = SUBSCRIBING;
			if (link.subscribes) {
				link.send(message("SUBSCRIBE\nid:0\ndestination:/topic/" + link.topic
						+ (this.receipts ? "\nreceipt:0" : "") + "\n\n\0"));
			}
			link.ready = !link.subscribes || !this.receipts;
		}
		else if (frame.startsWith("RECEIPT")) {
			link.ready = true;
		}
		else if (!frame.isBlank()) {
			throw new IllegalStateException("The server says: " + frame);
		}
	}

	@Override
	public byte[] publication(String topic, byte[] body) {
		return message("SEND\ndestination:/topic/" + topic + "\ncontent-length:" + body.length + "\n\n"
				+ new String(body, StandardCharsets.US_ASCII) + "\0");
	}

}
