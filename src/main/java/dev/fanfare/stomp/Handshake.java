package dev.fanfare.stomp;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Gate;
import dev.fanfare.limits.Seat;
import dev.fanfare.topic.ErrorType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.messaging.MessageChannel;
import org.springframework.stereotype.Component;

/**
 * Handle CONNECT frames: agree on a version and on heart-beats.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html#Connecting">STOMP
 * 1.2, Connecting</a>
 */
@Component
class Handshake {

	private final StompProperties properties;

	private final InboundChannel inbound;

	private final Gate gate;

	private final AccessRules access;

	private final String server;

	Handshake(StompProperties properties, InboundChannel inbound, Gate gate, AccessRules access,
			ObjectProvider<BuildProperties> build) {
		this.properties = properties;
		this.inbound = inbound;
		this.gate = gate;
		this.access = access;
		this.server = "fanfare/" + build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
	}

	/**
	 * Connect, unless an interceptor of the application says no.
	 * @throws dev.fanfare.topic.Refusal if it is not connected
	 */
	void connect(StompConnection connection, StompFrame frame, MessageChannel channel) {
		if (connection.isConnected()) {
			throw new ProtocolViolation(ErrorType.ALREADY_CONNECTED, "This connection has had its CONNECT frame.");
		}
		StompVersion version = StompVersion.negotiate(frame.header("accept-version"))
			.orElseThrow(() -> new ProtocolViolation(ErrorType.UNSUPPORTED_VERSION,
					"None of '%s' is supported; accept-version may name %s.".formatted(frame.header("accept-version"),
							StompVersion.ALL)));
		BearerHeaders.read(frame).ifPresent((shown) -> connection.user(this.gate.admit(shown).principal()));
		Heartbeat heartbeat = Heartbeat.agree(frame.header("heart-beat"), this.properties.heartbeat());
		this.inbound.require(connection, frame, new Receipt(null), channel);
		// Behind the application's interceptors, which may know the client otherwise.
		this.access.requireEntry(connection.caller());
		if (connection.visitor() instanceof Seat seat) {
			seat.is(connection.caller());
		}
		connection.clientId(frame.header("client-id"));
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
		Principal user = connection.user();
		if (user != null) {
			headers.put("user-name", user.getName());
		}
		return headers;
	}

}
