package dev.fanfare.conformance;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how a session begins and ends. */
final class ConnectingChecks {

	private static final String NEGOTIATION = "Protocol Negotiation";

	private ConnectingChecks() {
	}

	static Stream<Check> all() {
		return Stream.of(connected(), refusals(), subProtocols(), disconnected()).flatMap((checks) -> checks);
	}

	private static Stream<Check> connected() {
		return Stream.of(standard("connect-1.2", "Connecting", (server) -> connects(server, "CONNECT", "1.2", "1.2")),
				standard("connect-1.1", NEGOTIATION, (server) -> connects(server, "CONNECT", "1.1", "1.1")),
				standard("connect-1.0", NEGOTIATION, (server) -> connects(server, "CONNECT", "1.0", "1.0")),
				standard("connect-highest", NEGOTIATION, (server) -> connects(server, "CONNECT", "1.0,1.1,1.2", "1.2")),
				standard("connect-highest-common", NEGOTIATION,
						(server) -> connects(server, "CONNECT", "1.1,1.0", "1.1")),
				standard("connect-unknown-versions", NEGOTIATION,
						(server) -> connects(server, "CONNECT", "1.1,9.9", "1.1")),
				standard("connect-stomp-command", "CONNECT or STOMP Frame",
						(server) -> connects(server, "STOMP", "1.2", "1.2")),
				standard("connect-no-version", NEGOTIATION, ConnectingChecks::withoutVersion),
				standard("connect-no-common-version", NEGOTIATION, ConnectingChecks::withoutCommonVersion),
				standard("connect-crlf", "STOMP Frames", ConnectingChecks::withCrlf),
				standard("connect-headers", "CONNECTED Frame", ConnectingChecks::describesItself),
				fanfare("connect-server-and-session", "CONNECTED Frame", ConnectingChecks::namesItself),
				standard("connect-no-escapes", "Value Encoding", ConnectingChecks::withoutEscapes),
				standard("connect-login", "CONNECT or STOMP Frame",
						(server) -> connects(server, "CONNECT\nlogin:ann\nnote:se:cr\\et", "1.2", "1.2")),
				standard("connect-pipelined", "Connecting", ConnectingChecks::pipelined));
	}

	private static Stream<Check> refusals() {
		return Stream
			.of(refused("connect-first", "Connecting", "not-connected",
					(server) -> server.open().publish("/topic/x", "early")),
					refused("connect-beat-first", "Connecting", "not-connected",
							(server) -> server.open().send("\n").publish("/topic/x", "early")),
					refused("connect-once", "Connecting", "already-connected",
							"CONNECT\naccept-version:1.2\nhost:localhost\n\n^"),
					refused("connect-stomp-once", "Connecting", "already-connected",
							"STOMP\naccept-version:1.2\nhost:localhost\n\n^"),
					refused("connect-future", NEGOTIATION, "unsupported-version",
							(server) -> server.open().frame("CONNECT", "", "accept-version:2.0", "host:localhost")),
					refusedByFanfare("connect-versions-empty", NEGOTIATION, "unsupported-version",
							(server) -> server.open().frame("CONNECT", "", "accept-version:", "host:localhost")),
					refused("connect-heart-beat-nonsense", "Heart-beating", "invalid-header",
							(server) -> server.open()
								.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "heart-beat:soon")),
					refusedByFanfare("connect-heart-beat-negative", "Heart-beating", "invalid-header",
							(server) -> server.open()
								.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "heart-beat:-1,1000")))
			.flatMap((checks) -> checks);
	}

	private static Stream<Check> subProtocols() {
		return Stream.of(standard("connect-subprotocol-1.2", "RFC 6455, 1.9", (server) -> agrees(server, "v12.stomp")),
				standard("connect-subprotocol-1.1", "RFC 6455, 1.9", (server) -> agrees(server, "v11.stomp")),
				standard("connect-subprotocol-1.0", "RFC 6455, 1.9", (server) -> agrees(server, "v10.stomp")),
				standard("connect-subprotocol-none", "RFC 6455, 4.1", ConnectingChecks::withoutSubProtocol),
				standard("connect-subprotocol-unknown", "RFC 6455, 4.1", ConnectingChecks::withUnknownSubProtocol));
	}

	private static Stream<Check> disconnected() {
		return Stream.of(standard("disconnect-receipt", "DISCONNECT", ConnectingChecks::disconnectsWithReceipt),
				standard("disconnect-silent", "DISCONNECT", ConnectingChecks::disconnectsInSilence),
				standard("disconnect-last", "DISCONNECT", ConnectingChecks::nothingAfterDisconnect),
				fanfare("disconnect-nonsense-after", "DISCONNECT", ConnectingChecks::nonsenseAfterDisconnect));
	}

	private static void connects(Server server, String command, String accepted, String version) {
		Peer peer = server.open();
		peer.frame(command, "", "accept-version:" + accepted, "host:localhost");
		assertThat(peer.expect("CONNECTED").header("version")).isEqualTo(version);
	}

	private static void withoutVersion(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "host:localhost");
		assertThat(peer.expect("CONNECTED").header("version")).isIn("", "1.0");
	}

	private static void withoutCommonVersion(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:7.0,9.9", "host:localhost");
		Received error = peer.error();
		assertThat(error.header("version").split(",")).contains("1.2");
		assertThat(error.bodyText()).isNotBlank();
	}

	private static void withCrlf(Server server) {
		Peer peer = server.open();
		peer.send("CONNECT\r\naccept-version:1.2\r\nhost:localhost\r\n\r\n^\r\n");
		assertThat(peer.expect("CONNECTED").header("version")).isEqualTo("1.2");
	}

	private static void withoutEscapes(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost", "x-path:C:\\temp\\");
		peer.expect("CONNECTED");
	}

	private static void describesItself(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost");
		Received connected = peer.expect("CONNECTED");
		assertThat(connected.header("heart-beat")).matches("\\d+,\\d+");
		assertThat(connected.body()).isEmpty();
	}

	private static void namesItself(Server server) {
		Peer peer = server.open();
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost");
		Received connected = peer.expect("CONNECTED");
		assertThat(connected.header("server")).matches("[^/ ]+(/[^ ]*)?( .*)?");
		assertThat(connected.header("session")).isNotEmpty();
	}

	private static void pipelined(Server server) {
		Peer peer = server.open();
		String topic = server.topic();
		peer.send(Peer.text("CONNECT", "", "accept-version:1.2", "host:localhost")
				+ Peer.text("SUBSCRIBE", "", "id:1", "destination:" + topic)
				+ Peer.text("SEND", "at once", "destination:" + topic));
		peer.expect("CONNECTED");
		peer.message("at once");
	}

	private static void agrees(Server server, String subProtocol) {
		Peer peer = server.open(Map.of("Sec-WebSocket-Protocol", subProtocol));
		assertThat(peer.handshake().head().toLowerCase(Locale.ROOT)).contains("sec-websocket-protocol: " + subProtocol);
	}

	private static void withoutSubProtocol(Server server) {
		Peer peer = server.open(Map.of());
		peer.frame("CONNECT", "", "accept-version:1.2", "host:localhost");
		peer.expect("CONNECTED");
	}

	private static void withUnknownSubProtocol(Server server) {
		Peer peer = server.open(Map.of("Sec-WebSocket-Protocol", "mqtt"));
		assertThat(peer.handshake().head().toLowerCase(Locale.ROOT)).doesNotContain("sec-websocket-protocol");
	}

	private static void disconnectsWithReceipt(Server server) {
		Peer peer = server.client();
		peer.frame("DISCONNECT", "", "receipt:bye");
		peer.receipt("bye");
		assertThat(peer.closed().code()).isNotEqualTo(1006);
	}

	private static void disconnectsInSilence(Server server) {
		Peer peer = server.client();
		peer.frame("DISCONNECT", "");
		assertThat(peer.closed().code()).isNotEqualTo(1006);
		assertThat(peer.hasReceived()).as("an answer to a DISCONNECT that asked for none").isFalse();
	}

	private static void nothingAfterDisconnect(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer leaving = server.client();
		leaving.send(Peer.text("DISCONNECT", "") + Peer.text("SEND", "late", "destination:" + topic));
		leaving.publish(topic, "later");
		leaving.closed();
		reader.nothingFrom(topic);
	}

	private static void nonsenseAfterDisconnect(Server server) {
		Peer leaving = server.client();
		leaving.send(Peer.text("DISCONNECT", "") + "nonsense\n\n^");
		leaving.send("more\n\n^");
		leaving.closed(1000);
		assertThat(leaving.hasReceived()).isFalse();
	}

}
