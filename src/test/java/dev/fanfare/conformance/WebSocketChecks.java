package dev.fanfare.conformance;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.fanfare.testing.Wire;

import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check that the WebSocket below is one. */
final class WebSocketChecks {

	private static final int FIN = 0x80;

	private static final int CONTINUATION = 0x0;

	private static final int TEXT = 0x1;

	private static final int BINARY = 0x2;

	private static final int CLOSE = 0x8;

	private static final int PING = 0x9;

	private static final int PONG = 0xa;

	private WebSocketChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(served(), Stream.concat(violations(), closes()));
	}

	private static Stream<Check> served() {
		return Stream.of(standard("websocket-fragments", "RFC 6455, 5.4", WebSocketChecks::fragments),
				standard("websocket-fragment-in-character", "RFC 6455, 5.6", WebSocketChecks::fragmentInCharacter),
				standard("websocket-ping", "RFC 6455, 5.5.2", WebSocketChecks::ping),
				standard("websocket-ping-between-fragments", "RFC 6455, 5.4", WebSocketChecks::pingBetweenFragments),
				standard("websocket-pong-unasked", "RFC 6455, 5.5.3", WebSocketChecks::unaskedPong),
				standard("websocket-empty-messages", "RFC 6455, 5.6", WebSocketChecks::emptyMessages),
				standard("websocket-masked", "RFC 6455, 5.3", WebSocketChecks::masked),
				standard("websocket-dripped", "RFC 6455, 5.2", WebSocketChecks::dripped));
	}

	private static Stream<Check> violations() {
		return Stream.of(ends("unmasked", "5.1", 1002, (wire) -> wire.sendRaw(new byte[] { (byte) 0x81, 1, '\n' })),
				ends("reserved-bit-1", "5.2", 1002, (wire) -> wire.sendFlagged(FIN | 0x40 | TEXT, newline())),
				ends("reserved-bit-2", "5.2", 1002, (wire) -> wire.sendFlagged(FIN | 0x20 | TEXT, newline())),
				ends("reserved-bit-3", "5.2", 1002, (wire) -> wire.sendFlagged(FIN | 0x10 | TEXT, newline())),
				ends("reserved-op-code", "5.2", 1002, (wire) -> wire.send(0x3, newline())),
				ends("reserved-control-op-code", "5.2", 1002, (wire) -> wire.send(0xb, newline())),
				ends("continuation-of-nothing", "5.4", 1002, (wire) -> wire.send(CONTINUATION, newline())),
				ends("message-within-message", "5.4", 1002, (wire) -> {
					wire.sendFlagged(TEXT, newline());
					wire.send(TEXT, newline());
				}), ends("fragmented-ping", "5.4", 1002, (wire) -> wire.sendFlagged(PING, newline())),
				ends("long-ping", "5.5", 1002, (wire) -> wire.send(PING, new byte[126])),
				ends("not-utf8", "8.1", 1007, (wire) -> wire.send(TEXT, notUtf8())),
				ends("not-utf8-fragmented", "8.1", 1007, (wire) -> {
					wire.sendFlagged(TEXT, new byte[] { '\n', (byte) 0xe2, (byte) 0x82 });
					wire.send(CONTINUATION, newline());
				}),
				ends("half-a-character", "8.1", 1007,
						(wire) -> wire.send(TEXT, new byte[] { '\n', (byte) 0xe2, (byte) 0x82 })),
				ends("overlong-character", "8.1", 1007,
						(wire) -> wire.send(TEXT, new byte[] { (byte) 0xc0, (byte) 0x8a })),
				ends("surrogate", "8.1", 1007,
						(wire) -> wire.send(TEXT, new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 })),
				ends("too-big", "7.4.1", 1009, (wire) -> wire.send(BINARY, new byte[64 << 20])),
				ends("too-big-announced", "7.4.1", 1009, (wire) -> wire.sendRaw(
						ByteBuffer.allocate(14).put((byte) 0x82).put((byte) 0xff).putLong(1L << 40).putInt(0).array())),
				ends("too-big-in-fragments", "7.4.1", 1009, WebSocketChecks::manyFragments));
	}

	private static Stream<Check> closes() {
		return Stream.of(ends("close", "5.5.1", 1000, (wire) -> wire.close(1000)),
				ends("close-going-away", "7.4.1", 1001, (wire) -> wire.close(1001)),
				ends("close-own-code", "7.4.2", 4321, (wire) -> wire.close(4321)),
				ends("close-without-code", "5.5.1", 1005, (wire) -> wire.send(CLOSE, new byte[0])),
				ends("close-one-byte", "5.5.1", 1002, (wire) -> wire.send(CLOSE, new byte[] { 3 })),
				ends("close-reserved-code", "7.4.1", 1002, (wire) -> wire.close(1005)),
				ends("close-code-too-small", "7.4.2", 1002, (wire) -> wire.close(999)), ends("close-reason-not-utf8",
						"8.1", 1007, (wire) -> wire.send(CLOSE, new byte[] { 3, (byte) 0xe8, (byte) 0xc3, '(' })));
	}

	/** Expect that a client who does this is closed with that code. */
	private static Check ends(String what, String section, int code, Consumer<Wire> doing) {
		return standard("websocket-" + what, "RFC 6455, " + section, (server) -> {
			Peer peer = server.client();
			doing.accept(peer.wire());
			peer.closed(code);
		});
	}

	private static void fragments(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Wire wire = reader.wire();
		wire.sendFlagged(TEXT, Peer.bytes("SEND\ndest"));
		wire.sendFlagged(CONTINUATION, Peer.bytes("ination:" + topic + "\n\nx"));
		wire.sendFlagged(CONTINUATION, new byte[0]);
		wire.send(CONTINUATION, Peer.bytes("y^"));
		reader.message("xy");
	}

	private static void fragmentInCharacter(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		byte[] frame = Peer.bytes(Peer.text("SEND", "€", "destination:" + topic));
		for (int at = 0; at < frame.length - 1; at++) {
			reader.wire().sendFlagged((at == 0) ? TEXT : CONTINUATION, new byte[] { frame[at] });
		}
		reader.wire().send(CONTINUATION, new byte[] { 0 });
		reader.message("€");
	}

	private static void ping(Server server) {
		Peer peer = server.client();
		peer.wire().send(PING, "are you there?".getBytes());
		assertThat(peer.pong()).isEqualTo("are you there?");
		peer.wire().send(PING, new byte[0]);
		assertThat(peer.pong()).isEmpty();
	}

	private static void pingBetweenFragments(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		byte[] frame = Peer.bytes(Peer.text("SEND", "x", "destination:" + topic));
		reader.wire().sendFlagged(TEXT, frame);
		reader.wire().send(PING, "well?".getBytes());
		assertThat(reader.pong()).isEqualTo("well?");
		reader.wire().send(CONTINUATION, new byte[0]);
		reader.message("x");
	}

	private static void unaskedPong(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.wire().send(PONG, "here".getBytes());
		reader.nothingFrom(topic);
	}

	private static void emptyMessages(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.send("").send(new byte[0]).send("SEND\ndestination:" + topic + "\n\n").send("").send("x^");
		reader.message("x");
	}

	private static void masked(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		byte[] payload = Peer.bytes(Peer.text("SEND", "x", "destination:" + topic));
		reader.wire().sendRaw(maskedFrame(payload, new byte[] { 0x12, (byte) 0xff, 0x55, 0x0a }));
		reader.message("x");
	}

	private static void dripped(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		byte[] payload = Peer.bytes(Peer.text("SEND", "x", "destination:" + topic));
		for (byte each : maskedFrame(payload, new byte[] { 1, 2, 3, 4 })) {
			reader.wire().sendRaw(new byte[] { each });
		}
		reader.message("x");
	}

	private static byte[] maskedFrame(byte[] payload, byte[] mask) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 6)
			.put((byte) (FIN | TEXT))
			.put((byte) (0x80 | payload.length))
			.put(mask);
		for (int at = 0; at < payload.length; at++) {
			frame.put((byte) (payload[at] ^ mask[at % 4]));
		}
		return frame.array();
	}

	private static void manyFragments(Wire wire) {
		wire.sendFlagged(BINARY, new byte[1 << 16]);
		for (int count = 0; count < 1024 && !wire.closed().isDone(); count++) {
			wire.sendFlagged(CONTINUATION, new byte[1 << 16]);
		}
	}

	private static byte[] newline() {
		return new byte[] { '\n' };
	}

	private static byte[] notUtf8() {
		return new byte[] { '\n', (byte) 0xc3, (byte) 0x28 };
	}

}
