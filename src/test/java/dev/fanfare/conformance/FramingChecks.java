package dev.fanfare.conformance;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how frames are found in bytes. */
final class FramingChecks {

	private static final String FRAMES = "STOMP Frames";

	private static final String LENGTH = "Header content-length";

	private static final String BODY = "Body";

	private FramingChecks() {
	}

	static Stream<Check> all() {
		return Stream.of(cuts(), bodies(), lengths(), commands()).flatMap((checks) -> checks);
	}

	private static Stream<Check> cuts() {
		return Stream.of(
				standard("frame-crlf", FRAMES,
						(server) -> sends(server, "SEND\r\ndestination:TOPIC\r\ngenre:jazz\r\n\r\nx^\r\n", "x")),
				standard("frame-crlf-keeps-values", FRAMES, FramingChecks::crlfIsNoPartOfValues),
				standard("frame-mixed-ends-of-lines", "Augmented BNF",
						(server) -> sends(server, "SEND\ndestination:TOPIC\r\ngenre:jazz\n\r\nx^", "x")),
				standard("frame-cut-in-crlf", FRAMES,
						(server) -> sends(server, "SEND\r|\ndestination:TOPIC\r|\n\r|\nx^", "x")),
				standard("frame-cut-after-crlf", FRAMES,
						(server) -> sends(server, "SEND\r\n|destination:TOPIC\r\n|\r\n|x^\r\n", "x")),
				standard("frame-cut-in-command", FRAMES,
						(server) -> sends(server, "SE|ND\ndestination:TOPIC\n\nx^", "x")),
				standard("frame-cut-in-body", FRAMES,
						(server) -> sends(server, "SEND\ndestination:TOPIC\n\nx|y|z^", "xyz")),
				standard("frame-cut-before-nul", FRAMES,
						(server) -> sends(server, "SEND\ndestination:TOPIC\n\nx|^", "x")),
				standard("frame-cut-in-counted-body", LENGTH,
						(server) -> sends(server, "SEND\ndestination:TOPIC\ncontent-length:4\n\na^|^b|^", "a\0\0b")),
				standard("frame-byte-by-byte", FRAMES, FramingChecks::byteByByte),
				standard("frame-several-in-one", FRAMES, FramingChecks::severalInOne),
				standard("frame-and-a-half", FRAMES, FramingChecks::oneAndAHalf),
				standard("frame-good-before-bad", FRAMES, FramingChecks::goodBeforeBad),
				standard("frame-nothing-after-bad", "ERROR", FramingChecks::nothingAfterBad),
				standard("frame-bare-eols", "Heart-beating",
						(server) -> sends(server, "\n\r\n\n|\n|\r|\n|SEND\ndestination:TOPIC\n\nx^\n\r\n\n", "x")),
				standard("frame-eols-between", FRAMES, FramingChecks::endsOfLinesBetween),
				fanfare("frame-many-eols", FRAMES,
						(server) -> sends(server, "\n".repeat(200_000) + "SEND\ndestination:TOPIC\n\nx^", "x")));
	}

	private static Stream<Check> bodies() {
		return Stream.of(standard("body-empty", BODY, (server) -> sends(server, "SEND\ndestination:TOPIC\n\n^", "")),
				standard("body-newlines", BODY,
						(server) -> sends(server, "SEND\ndestination:TOPIC\n\n\n\r\nx\n\r\n^", "\n\r\nx\n\r\n")),
				standard("body-nul", LENGTH,
						(server) -> sends(server, "SEND\ndestination:TOPIC\ncontent-length:5\n\na^b^c^", "a\0b\0c")),
				standard("body-only-nuls", LENGTH,
						(server) -> sends(server, "SEND\ndestination:TOPIC\ncontent-length:3\n\n^^^^", "\0\0\0")),
				standard("body-like-a-frame", LENGTH, FramingChecks::bodyLikeAFrame),
				standard("body-large", "Size Limits",
						(server) -> sends(server, "SEND\ndestination:TOPIC\n\n" + "x".repeat(60_000) + "^",
								"x".repeat(60_000))),
				standard("body-utf8", BODY, (server) -> sends(server, "SEND\ndestination:TOPIC\n\nZoë 😀^", "Zoë 😀")),
				standard("body-binary", BODY, (server) -> binary(server, "content-type:application/octet-stream")),
				standard("body-binary-untyped", BODY, FramingChecks::binary),
				standard("body-binary-untyped-uncounted", BODY, FramingChecks::binaryUncounted),
				fanfare("body-text-in-text-message", BODY, FramingChecks::textInTextMessage),
				standard("body-length-told", LENGTH, FramingChecks::tellsLength));
	}

	private static Stream<Check> lengths() {
		return Stream.concat(
				Stream.of(
						standard("content-length-zero", LENGTH,
								(server) -> sends(server, "SEND\ndestination:TOPIC\ncontent-length:0\n\n^", "")),
						standard("content-length-repeated", "Repeated Header Entries",
								(server) -> sends(server,
										"SEND\ndestination:TOPIC\ncontent-length:3\ncontent-length:1\n\na^b^", "a\0b")),
						standard("content-length-of-other-frames", LENGTH, FramingChecks::lengthOfOtherFrames),
						standard("content-length-too-short-hides-nothing", LENGTH,
								(server) -> hides(server, 1, "ab^SEND\ndestination:TOPIC\n\nsmuggled^")),
						standard("content-length-too-long-hides-nothing", LENGTH,
								(server) -> hides(server, 20, "ab^SEND\ndestination:TOPIC\n\nsmuggled^"))),
				Stream
					.of(falseLength("too-short", "1\n\nab^", "invalid-frame"),
							falseLength("too-long", "3\n\nab^\n\n\n", "invalid-frame"),
							falseLength("word", "two\n\nab^", "invalid-header"),
							falseLength("negative", "-2\n\nab^", "invalid-header"),
							falseLength("signed", "+2\n\nab^", "invalid-header"),
							falseLength("hexadecimal", "0x2\n\nab^", "invalid-header"),
							falseLength("fraction", "2.0\n\nab^", "invalid-header"),
							falseLength("empty", "\n\nab^", "invalid-header"),
							falseLength("huge", "2147483648\n\nab^", "payload-too-large"),
							falseLength("beyond-numbers", "99999999999999999999\n\nab^", "payload-too-large"))
					.flatMap((checks) -> checks));
	}

	private static Stream<Check> falseLength(String how, String rest, String type) {
		return refused("content-length-" + how, LENGTH, type, "SEND\ndestination:/topic/x\ncontent-length:" + rest);
	}

	private static Stream<Check> commands() {
		return Stream.concat(
				Stream.of("MESSAGE", "RECEIPT", "ERROR", "CONNECTED")
					.map((command) -> standard("command-of-server-" + command.toLowerCase(Locale.ROOT), "Server Frames",
							(server) -> isNotSent(server, command))),
				Stream
					.of(refused("command-unknown", FRAMES, "unknown-command", "PUBLISH\ndestination:/topic/x\n\n^"),
							refused("command-lower-case", FRAMES, "unknown-command", "send\ndestination:/topic/x\n\n^"),
							refused("command-padded", FRAMES, "unknown-command", "SEND \ndestination:/topic/x\n\n^"),
							refused("command-missing", FRAMES, "unknown-command", "destination:/topic/x\n\n^"),
							refused("command-of-server", "Server Frames", "unknown-command",
									"MESSAGE\ndestination:/topic/x\nmessage-id:1\nsubscription:1\n\n^"),
							refused("body-of-subscribe", BODY, "invalid-frame",
									"SUBSCRIBE\nid:1\ndestination:/topic/x\n\nbody^"),
							refused("body-of-disconnect", BODY, "invalid-frame", "DISCONNECT\n\nbody^"))
					.flatMap((checks) -> checks));
	}

	/** Send what is parted by bars as messages of their own. */
	private static void sends(Server server, String frames, String body) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		Arrays.stream(frames.replace("TOPIC", topic).split("\\|")).forEach(sender::send);
		reader.message(body);
		reader.nothingFrom(topic);
	}

	private static void crlfIsNoPartOfValues(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		server.client().send("SEND\r\ndestination:" + topic + "\r\ngenre:jazz\r\n\r\nx^");
		assertThat(reader.message("x").header("genre")).isEqualTo("jazz");
	}

	private static void byteByByte(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		// Binary, since a text message must not end within a character.
		for (byte each : Peer
			.bytes("SEND\ndestination:" + topic + "\ngenre:Zoë\ncontent-length:6\n\na^\uD83D\uDE00^")) {
			sender.send(new byte[] { each });
		}
		assertThat(reader.message("a\0\uD83D\uDE00").header("genre")).isEqualTo("Zoë");
	}

	private static void severalInOne(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String send = "SEND\ndestination:" + topic + "\n\n";
		server.client().send(send + "one^" + send + "two^\n" + send + "three^");
		reader.messages("one", "two", "three");
	}

	private static void oneAndAHalf(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String send = "SEND\ndestination:" + topic + "\n\n";
		Peer sender = server.client().send(send + "one^SEND\ndesti");
		reader.message("one");
		sender.send("nation:" + topic + "\n\ntwo^" + send);
		reader.message("two");
		sender.send("three^");
		reader.message("three");
	}

	private static void goodBeforeBad(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String send = "SEND\ndestination:" + topic + "\n\n";
		Peer sender = server.client().send(send + "one^" + send + "two^NONSENSE\n\n^");
		sender.error();
		reader.messages("one", "two");
	}

	private static void nothingAfterBad(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String send = "SEND\ndestination:" + topic + "\n\n";
		server.client().send("NONSENSE\n\n^" + send + "late^").send(send + "later^").error();
		reader.nothingFrom(topic);
	}

	private static void endsOfLinesBetween(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String send = "SEND\ndestination:" + topic + "\n\n";
		server.client().send(send + "one^\n\n\n\r\n" + send + "two^\r\n\r\n").send("\n").send(send + "three^");
		reader.messages("one", "two", "three");
	}

	private static void bodyLikeAFrame(Server server) {
		String topic = server.topic();
		String body = "x\0SEND\ndestination:" + topic + "\n\nsmuggled\0";
		sends(server, "SEND\ndestination:TOPIC\ncontent-length:" + body.length() + "\n\n" + body + "^", body);
		Peer reader = server.reader(topic);
		server.client().publish(topic, body, "content-length:" + body.length()).publish(topic, "after");
		reader.messages(body, "after");
	}

	private static void binary(Server server, String... headers) {
		byte[] body = new byte[512];
		for (int at = 0; at < body.length; at++) {
			body[at] = (byte) at;
		}
		arrives(server, body, Peer.with(headers, "content-length:512"));
	}

	private static void binaryUncounted(Server server) {
		arrives(server, new byte[] { 1, (byte) 0xff, (byte) 0xc3, (byte) 0x28, (byte) 0x80, '\n' });
	}

	private static void arrives(Server server, byte[] body, String... headers) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		byte[] head = Peer.bytes(Peer.text("SEND", "", Peer.with(headers, "destination:" + topic)));
		byte[] frame = Arrays.copyOf(head, head.length + body.length);
		System.arraycopy(body, 0, frame, head.length - 1, body.length);
		frame[frame.length - 1] = 0;
		server.client().send(frame);
		Received message = reader.expect("MESSAGE");
		assertThat(message.body()).isEqualTo(body);
		assertThat(message.text()).as("sent as text").isFalse();
	}

	private static void textInTextMessage(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		server.client().send(Peer.bytes("SEND\ndestination:" + topic + "\n\nZoë^"));
		assertThat(reader.message("Zoë").text()).as("sent as text").isTrue();
	}

	private static void tellsLength(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.publish(topic, "Zoë", "content-length:4");
		assertThat(reader.message("Zoë").header("content-length")).isEqualTo("4");
	}

	private static void lengthOfOtherFrames(Server server) {
		String topic = server.topic();
		Peer reader = server.client();
		reader.frame("SUBSCRIBE", "", "id:1", "destination:" + topic, "content-length:0");
		reader.publish(topic, "x");
		reader.message("x");
	}

	private static void hides(Server server, int length, String body) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		sender.publish(topic, body.replace("TOPIC", topic), "content-length:" + length);
		sender.error();
		reader.nothingFrom(topic);
	}

	private static void isNotSent(Server server, String command) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer forger = server.client();
		forger.frame(command, "forged", "destination:" + topic, "subscription:1", "message-id:1", "receipt-id:1",
				"version:1.2");
		forger.error();
		reader.nothingFrom(topic);
	}

}
