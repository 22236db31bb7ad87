package dev.fanfare.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;

import org.springframework.boot.info.BuildProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.stereotype.Component;

/** Do what one frame of a client asks for, and answer it. */
@Component
class FrameHandler {

	private final StompProperties properties;

	private final Destinations destinations;

	private final InboundChannel inbound;

	private final String server;

	FrameHandler(StompProperties properties, Destinations destinations, InboundChannel inbound,
			ObjectProvider<BuildProperties> build) {
		this.properties = properties;
		this.destinations = destinations;
		this.inbound = inbound;
		this.server = "fanfare/" + build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
	}

	/**
	 * Handle a frame; what it asks for is done when this returns.
	 * @throws Refusal if it is not done
	 */
	void handle(StompConnection connection, StompFrame frame, MessageChannel channel) {
		if (frame.command() == StompCommand.CONNECT || frame.command() == StompCommand.STOMP) {
			connect(connection, frame, channel);
			return;
		}
		if (!connection.isConnected()) {
			throw new ProtocolViolation("not-connected",
					"The first frame is %s; it must be CONNECT or STOMP.".formatted(frame.command()));
		}
		Receipt receipt = new Receipt(frame.header("receipt"));
		switch (frame.command()) {
			case SEND -> send(connection, frame, receipt, channel);
			case SUBSCRIBE -> subscribe(connection, frame, receipt, channel);
			case UNSUBSCRIBE -> unsubscribe(connection, frame, receipt, channel);
			case DISCONNECT -> {
				// Answered below; the session's end is told when the socket is closed.
			}
			default -> throw new ProtocolViolation("unsupported-command",
					"%s is not supported by this version.".formatted(frame.command()));
		}
		if (receipt.isWanted()) {
			receipt.requireDone();
			connection.send("RECEIPT", receipt.headers());
		}
		if (frame.command() == StompCommand.DISCONNECT) {
			connection.outbox().close(CloseReason.NORMAL);
		}
	}

	private void connect(StompConnection connection, StompFrame frame, MessageChannel channel) {
		if (connection.isConnected()) {
			throw new ProtocolViolation("already-connected", "This connection has had its CONNECT frame.");
		}
		StompVersion version = StompVersion.negotiate(frame.header("accept-version"))
			.orElseThrow(() -> new ProtocolViolation("unsupported-version",
					"None of '%s' is supported; accept-version may name 1.0, 1.1 and 1.2."
						.formatted(frame.header("accept-version"))));
		Heartbeat heartbeat = Heartbeat.agree(frame.header("heart-beat"), this.properties.heartbeat());
		pass(connection, frame, new Receipt(null), channel);
		connection.connect(version, heartbeat, connected(connection, version));
		this.inbound.connected(connection);
	}

	private Map<String, String> connected(StompConnection connection, StompVersion version) {
		Map<String, String> headers = new LinkedHashMap<>();
		long own = this.properties.heartbeat().toMillis();
		headers.put("version", version.number());
		headers.put("heart-beat", own + "," + own);
		headers.put("session", connection.id());
		headers.put("server", this.server);
		if (connection.user() != null) {
			headers.put("user-name", connection.user().getName());
		}
		return headers;
	}

	private void send(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		this.destinations.requireSendable(frame.require("destination"));
		boolean passed = this.inbound.send(connection, frame, receipt, channel);
		if (!passed && receipt.isWanted()) {
			throw rejected(frame);
		}
	}

	private void subscribe(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		String id = frame.require("id");
		this.destinations.requireSubscribable(frame.require("destination"));
		if (!frame.headers().getOrDefault("ack", "auto").equals("auto")) {
			throw new ProtocolViolation("unsupported-ack",
					"ack is '%s': this version supports 'auto' alone.".formatted(frame.header("ack")));
		}
		connection.requireRoomFor(id);
		pass(connection, frame, receipt, channel);
	}

	private void unsubscribe(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		String id = frame.require("id");
		pass(connection, frame, receipt, channel);
		connection.unsubscribe(id);
	}

	private void pass(StompConnection connection, StompFrame frame, Receipt receipt, MessageChannel channel) {
		if (!this.inbound.send(connection, frame, receipt, channel)) {
			throw rejected(frame);
		}
	}

	private static ProtocolViolation rejected(StompFrame frame) {
		return new ProtocolViolation("rejected", "The application rejected the %s frame.".formatted(frame.command()));
	}

}
