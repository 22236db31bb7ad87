package dev.fanfare.conformance;

import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static org.assertj.core.api.Assertions.assertThat;

/** Check the limits of a Fanfare with its default configuration. */
final class LimitChecks {

	private static final String LIMITS = "Size Limits";

	private static final int MAX_PAYLOAD = 64 * 1024;

	private LimitChecks() {
	}

	static Stream<Check> all() {
		return Stream.of(fanfare("limit-body", LIMITS, LimitChecks::largestBody),
				refused("limit-body-exceeded", "payload-too-large",
						Peer.text("SEND", "x".repeat(MAX_PAYLOAD + 1), "destination:/topic/x")),
				refused("limit-body-announced", "payload-too-large",
						"SEND\ndestination:/topic/x\ncontent-length:" + (MAX_PAYLOAD + 1) + "\n\n"),
				fanfare("limit-body-over-messages", LIMITS, LimitChecks::bodyOverMessages),
				fanfare("limit-header-line", LIMITS, LimitChecks::longestHeaderLine),
				refused("limit-header-line-exceeded", "header-too-long",
						"SEND\ndestination:/topic/x\nx:" + "y".repeat(4 * 1024)),
				refused("limit-command-exceeded", "header-too-long", "X".repeat(5 * 1024)),
				fanfare("limit-headers", LIMITS, LimitChecks::mostHeaders),
				refused("limit-headers-exceeded", "too-many-headers", Peer.text("SEND", "", headers(65))),
				refused("limit-headers-repeated", "too-many-headers", "SEND\n" + "x:y\n".repeat(10_000)),
				fanfare("limit-frames-in-message", LIMITS, LimitChecks::mostFrames),
				refused("limit-frames-in-message-exceeded", "too-many-frames",
						Peer.text("SEND", "", "destination:/topic/x").repeat(1001)),
				fanfare("limit-subscriptions", LIMITS, LimitChecks::subscriptions),
				fanfare("limit-transactions", LIMITS, LimitChecks::transactions),
				fanfare("limit-transaction-frames", LIMITS, LimitChecks::transactionFrames),
				fanfare("limit-transaction-bytes", LIMITS,
						(server) -> transactionBytes(server, "x".repeat(60_000), "genre:jazz")),
				fanfare("limit-transaction-bytes-of-headers", LIMITS,
						(server) -> transactionBytes(server, "", longHeaders())),
				fanfare("limit-unacknowledged", LIMITS, (server) -> unacknowledged(server, "x".repeat(60_000))),
				fanfare("limit-unacknowledged-headers", LIMITS, (server) -> unacknowledged(server, "", longHeaders())));
	}

	private static Check refused(String id, String type, String frames) {
		return fanfare(id, LIMITS, (server) -> server.client().send(frames).error(type));
	}

	private static void largestBody(Server server) {
		String topic = server.topic();
		String body = "x".repeat(MAX_PAYLOAD);
		server.reader(topic).publish(topic, body).message(body);
	}

	private static void bodyOverMessages(Server server) {
		Peer peer = server.client().send("SEND\ndestination:/topic/x\n\n");
		for (int count = 0; count < 80; count++) {
			peer.send("x".repeat(1024));
		}
		peer.error("payload-too-large");
	}

	private static void longestHeaderLine(Server server) {
		String topic = server.topic();
		String value = "y".repeat(4 * 1024 - 2);
		Peer reader = server.reader(topic).publish(topic, "x", "x:" + value);
		assertThat(reader.message("x").header("x")).isEqualTo(value);
	}

	private static void mostHeaders(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic).publish(topic, "x", headers(63));
		assertThat(reader.message("x").header("h62")).isEqualTo("62");
	}

	private static void mostFrames(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.send(Peer.text("SEND", "x", "destination:" + topic).repeat(1000));
		for (int count = 0; count < 1000; count++) {
			reader.message("x");
		}
	}

	private static void subscriptions(Server server) {
		Peer peer = server.client();
		for (int count = 0; count < 1000; count++) {
			peer.frame("SUBSCRIBE", "", "id:" + count, "destination:/topic/limit");
		}
		peer.done("UNSUBSCRIBE", "id:0");
		peer.done("SUBSCRIBE", "id:0", "destination:/topic/limit");
		peer.frame("SUBSCRIBE", "", "id:one-more", "destination:/topic/limit");
		peer.error("too-many-subscriptions");
	}

	private static void transactions(Server server) {
		Peer peer = server.client();
		for (int count = 0; count < 16; count++) {
			peer.frame("BEGIN", "", "transaction:" + count);
		}
		peer.done("ABORT", "transaction:0");
		peer.done("BEGIN", "transaction:0");
		peer.frame("BEGIN", "", "transaction:one-more");
		peer.error("too-many-transactions");
	}

	private static void transactionFrames(Server server) {
		Peer peer = server.client().frame("BEGIN", "", "transaction:t");
		for (int count = 0; count < 1000; count++) {
			peer.publish("/topic/x", "", "transaction:t");
		}
		peer.done("SEND", "destination:/topic/x");
		peer.publish("/topic/x", "", "transaction:t").error("transaction-too-large");
	}

	private static void transactionBytes(Server server, String body, String... headers) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer peer = server.client().frame("BEGIN", "", "transaction:t");
		for (int count = 0; count < 20; count++) {
			peer.publish(topic, body, Peer.with(headers, "transaction:t"));
		}
		peer.error("transaction-too-large");
		reader.nothingFrom(topic);
	}

	/** A reader that never acknowledges is closed before it fills the memory. */
	private static void unacknowledged(Server server, String body, String... headers) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client", "prefetch-count:1");
		Peer sender = server.client();
		for (int count = 0; count < 40; count++) {
			sender.publish(topic, body, headers);
		}
		for (int count = 0; count < 40; count++) {
			reader.frame("ACK", "", "id:" + reader.message(body).header("ack"));
		}
	}

	private static String[] headers(int count) {
		return Stream.iterate(0, (index) -> index + 1)
			.limit(count)
			.map((index) -> "h" + index + ":" + index)
			.toArray(String[]::new);
	}

	private static String[] longHeaders() {
		return Stream.iterate(0, (index) -> index + 1)
			.limit(40)
			.map((index) -> "h" + index + ":" + "y".repeat(3000))
			.toArray(String[]::new);
	}

}
