package dev.fanfare.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how headers are read, escaped and passed on. */
final class HeaderChecks {

	private static final String ENCODING = "Value Encoding";

	private static final String FRAMES = "STOMP Frames";

	private HeaderChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(kept(), refusals());
	}

	private static Stream<Check> kept() {
		return Stream.of(
				standard("header-pass-through", "MESSAGE", (server) -> passes(server, "1.2", "genre:jazz", "1.2")),
				standard("header-empty-value", "Augmented BNF", (server) -> passes(server, "1.2", "genre:", "1.2")),
				standard("header-utf8", ENCODING, (server) -> passes(server, "1.2", "größe:€ 😀", "1.2")),
				standard("header-spaces", FRAMES, (server) -> passes(server, "1.2", " genre : cool jazz ", "1.2")),
				standard("header-escapes-1.2", ENCODING,
						(server) -> passes(server, "1.2", "x:a\\cb\\nc\\\\d\\re", "1.2")),
				standard("header-escapes-1.1", ENCODING, (server) -> passes(server, "1.1", "x:a\\cb\\nc\\\\d", "1.1")),
				standard("header-escaped-backslash", ENCODING,
						(server) -> passes(server, "1.2", "x:\\\\n\\\\c\\\\\\n", "1.2")),
				standard("header-no-escapes-1.0", "STOMP 1.0",
						(server) -> passes(server, "1.0", "x:C:\\new\\temp\\", "1.0")),
				standard("header-escaped-name", ENCODING, (server) -> passes(server, "1.2", "x\\cy:1", "1.2")),
				standard("header-escapes-1.2-to-1.1", ENCODING,
						(server) -> becomes(server, "1.2", "x:a\\cb\\nc", "1.1", "x:a\\cb\\nc")),
				standard("header-escapes-1.2-to-1.0", ENCODING,
						(server) -> becomes(server, "1.2", "x:a\\cb\\\\n", "1.0", "x:a:b\\n")),
				standard("header-escapes-1.0-to-1.2", ENCODING,
						(server) -> becomes(server, "1.0", "x:C:\\new", "1.2", "x:C\\c\\\\new")),
				standard("header-repeated", "Repeated Header Entries", HeaderChecks::firstWins),
				standard("header-repeated-destination", "Repeated Header Entries", HeaderChecks::firstDestinationWins),
				standard("header-of-server", "MESSAGE", HeaderChecks::ownHeadersStayBehind),
				fanfare("header-of-server-padded", "MESSAGE", HeaderChecks::paddedHeadersStayBehind),
				fanfare("header-injection", ENCODING, HeaderChecks::nothingIsInjected));
	}

	private static Stream<Check> refusals() {
		return Stream
			.of(refused("header-undefined-escape", ENCODING, "invalid-header",
					"SEND\ndestination:/topic/x\nx:a\\tb\n\n^"),
					refused("header-undefined-escape-of-name", ENCODING, "invalid-header",
							"SEND\ndestination:/topic/x\nx\\t:b\n\n^"),
					refused("header-lonely-backslash", ENCODING, "invalid-header",
							"SEND\ndestination:/topic/x\nx:a\\\n\n^"),
					refusedByFanfare("header-undefined-escape-1.1", "STOMP 1.1, Value Encoding", "invalid-header",
							(server) -> server.client("1.1").send("SEND\ndestination:/topic/x\nx:a\\rb\n\n^")),
					refused("header-no-colon", FRAMES, "invalid-header", "SEND\ndestination:/topic/x\nnonsense\n\n^"),
					refused("header-no-name", FRAMES, "invalid-header", "SEND\ndestination:/topic/x\n:value\n\n^"),
					refused("header-nul", FRAMES, "invalid-frame", "SEND\ndestination:/topic/x^\nx:y\n\n^"),
					refused("header-no-blank-line", FRAMES, "invalid-frame", "SEND\ndestination:/topic/x\n^"),
					refused("header-raw-cr", "Augmented BNF", "invalid-header",
							"SEND\ndestination:/topic/x\nx:a\rb\n\n^"),
					refusedByFanfare("header-two-crs", "Augmented BNF", "invalid-header",
							"SEND\ndestination:/topic/x\nx:a\r\r\n\n^"),
					refused("header-case", FRAMES, "missing-header", "SEND\nDestination:/topic/x\n\n^"),
					refused("header-not-utf8", ENCODING, "invalid-frame",
							(server) -> server.client()
								.send("SEND\ndestination:/topic/x\nx:ü\n\n\0".getBytes(StandardCharsets.ISO_8859_1))))
			.flatMap((checks) -> checks);
	}

	private static void passes(Server server, String sender, String header, String reader) {
		becomes(server, sender, header, reader, header);
	}

	private static void becomes(Server server, String sender, String sent, String reader, String received) {
		String topic = server.topic();
		Peer reading = server.readerOf(reader, topic);
		server.client(sender).publish(topic, "x", sent);
		int colon = received.indexOf(':');
		assertThat(reading.message("x").headers()).containsEntry(received.substring(0, colon),
				received.substring(colon + 1));
	}

	private static void firstWins(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.publish(topic, "x", "genre:jazz", "genre:blues");
		assertThat(reader.message("x").header("genre")).isEqualTo("jazz");
	}

	private static void firstDestinationWins(Server server) {
		String topic = server.topic();
		String other = server.topic();
		Peer reader = server.reader(topic).subscribe("2", other);
		reader.publish(topic, "x", "destination:" + other);
		assertThat(reader.message("x").header("destination")).isEqualTo(topic);
		reader.nothingFrom(other);
	}

	private static void ownHeadersStayBehind(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.publish(topic, "x", "message-id:forged", "ack:forged", "subscription:forged", "transaction-id:mine");
		Received message = reader.message("x");
		assertThat(message.header("subscription")).isEqualTo("1");
		assertThat(message.headers()).doesNotContainValue("forged").doesNotContainKey("ack");
		reader.publish(topic, "y", "receipt:forged");
		Received next = reader.next();
		Received other = next.command().equals("RECEIPT") ? reader.next() : next;
		assertThat(other.headers()).as("headers of %s", other).doesNotContainKey("receipt");
	}

	/** Some clients of STOMP 1.0 trim names and let the last of equal ones win. */
	private static void paddedHeadersStayBehind(Server server) {
		String topic = server.topic();
		Peer reader = server.readerOf("1.0", topic);
		server.client()
			.publish(topic, "x", "message-id :forged", " subscription:forged", "ack\\n:forged", "redelivered:forged",
					"timestamp:forged");
		assertThat(reader.message("x").headers()).doesNotContainValue("forged");
	}

	private static void nothingIsInjected(Server server) {
		for (String version : List.of("1.0", "1.1", "1.2")) {
			String topic = server.topic();
			Peer reader = server.readerOf(version, topic);
			server.client()
				.publish(topic, "x", "a:1\\nsubscription\\c2", "b\\nsubscription\\c3:4", "subscription\\c5:6",
						"c:7\\r\\n\\r\\nsmuggled");
			assertThat(reader.message("x").lines()).as("headers in STOMP %s", version)
				.filteredOn((line) -> line.startsWith("subscription:"))
				.containsExactly("subscription:1");
		}
	}

}
