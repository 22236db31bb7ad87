package dev.fanfare.conformance;

import java.util.List;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check that what was asked for is answered. */
final class ReceiptChecks {

	private static final String RECEIPT = "RECEIPT";

	private static final String ERROR = "ERROR";

	private ReceiptChecks() {
	}

	static Stream<Check> all() {
		return Stream.of(
				standard("receipt-send", RECEIPT,
						(server) -> server.client().done("SEND", "destination:" + server.topic())),
				standard("receipt-subscribe", RECEIPT,
						(server) -> server.client().done("SUBSCRIBE", "id:1", "destination:" + server.topic())),
				standard("receipt-unsubscribe", RECEIPT,
						(server) -> server.reader(server.topic()).done("UNSUBSCRIBE", "id:1")),
				standard("receipt-transactions", RECEIPT, ReceiptChecks::transactions),
				standard("receipt-ack", RECEIPT, (server) -> acknowledged(server, "ACK")),
				standard("receipt-nack", RECEIPT, (server) -> acknowledged(server, "NACK")),
				standard("receipt-escaped", "Value Encoding", ReceiptChecks::escaped),
				standard("receipt-each-once", RECEIPT, ReceiptChecks::eachOnce),
				standard("receipt-when-subscribed", RECEIPT, ReceiptChecks::whenSubscribed),
				standard("receipt-none-for-connect", RECEIPT, ReceiptChecks::noneForConnect),
				standard("error-receipt-id", ERROR, ReceiptChecks::errorNamesReceipt),
				standard("error-receipt-id-of-unreadable", ERROR, ReceiptChecks::errorOfUnreadable),
				standard("error-not-for-others", ERROR, ReceiptChecks::othersNoticeNothing),
				fanfare("error-overtaken-by-nothing", ERROR, ReceiptChecks::errorArrivesUnderLoad),
				fanfare("error-soft", ERROR, ReceiptChecks::softError),
				fanfare("error-soft-keeps-all", ERROR, ReceiptChecks::softErrorsKeepConnection),
				fanfare("error-of-unreadable-is-never-soft", ERROR, ReceiptChecks::unreadableIsNeverSoft));
	}

	private static void transactions(Server server) {
		Peer peer = server.client();
		peer.done("BEGIN", "transaction:t");
		peer.done("SEND", "destination:" + server.topic(), "transaction:t");
		peer.done("COMMIT", "transaction:t");
		peer.done("BEGIN", "transaction:t");
		peer.done("ABORT", "transaction:t");
	}

	private static void acknowledged(Server server, String command) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.publish(topic, "x");
		String id = reader.message("x").header("ack");
		assertThat(id).as("ack").isNotEmpty();
		reader.frame(command, "", "id:" + id, "receipt:r");
		Received next = reader.next();
		// A NACK may bring the message again, before its receipt or after.
		assertThat((next.command().equals("MESSAGE") ? reader.next() : next).header("receipt-id")).isEqualTo("r");
	}

	private static void escaped(Server server) {
		Peer peer = server.client();
		peer.frame("SEND", "x", "destination:" + server.topic(), "receipt:a\\cb\\\\c\\nd");
		peer.receipt("a\\cb\\\\c\\nd");
	}

	private static void eachOnce(Server server) {
		Peer peer = server.client();
		String topic = server.topic();
		for (int count = 0; count < 100; count++) {
			peer.frame("SEND", "x", "destination:" + topic, "receipt:" + count);
		}
		for (int count = 0; count < 100; count++) {
			peer.receipt(String.valueOf(count));
		}
		peer.done("SEND", "destination:" + topic);
	}

	private static void whenSubscribed(Server server) {
		Peer sender = server.client();
		for (int round = 0; round < 20; round++) {
			String topic = server.topic();
			Peer reader = server.client();
			reader.done("SUBSCRIBE", "id:1", "destination:" + topic);
			sender.publish(topic, "right after");
			reader.message("right after");
		}
	}

	private static void noneForConnect(Server server) {
		Peer peer = server.client("1.2", "receipt:r");
		String topic = server.topic();
		peer.subscribe("1", topic).nothingFrom(topic);
	}

	private static void errorNamesReceipt(Server server) {
		Peer peer = server.client();
		peer.frame("SEND", "x", "receipt:r\\c1");
		Received error = peer.error();
		assertThat(error.header("receipt-id")).isEqualTo("r\\c1");
		assertThat(error.header("message")).isNotBlank();
	}

	private static void errorOfUnreadable(Server server) {
		Peer peer = server.client();
		peer.frame("SEND", "x", "receipt:r", "destination:/topic/x", "nonsense");
		assertThat(peer.error().header("receipt-id")).isEqualTo("r");
	}

	private static void othersNoticeNothing(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		server.reader(topic).send("NONSENSE\n\n^").error();
		reader.nothingFrom(topic);
	}

	/** The client's bytes on their way must not cost it the ERROR. */
	private static void errorArrivesUnderLoad(Server server) {
		for (int round = 0; round < 10; round++) {
			String topic = server.topic();
			Peer peer = server.reader(topic);
			String some = Peer.text("SEND", "x".repeat(1000), "destination:" + topic).repeat(20);
			peer.send("NONSENSE\n\n^" + some);
			for (int count = 0; count < 20; count++) {
				peer.send(some);
			}
			peer.error("unknown-command");
		}
	}

	private static void softError(Server server) {
		Peer peer = server.client();
		peer.done("SUBSCRIBE", "id:e", "destination:/user/queue/errors");
		peer.frame("SEND", "x", "receipt:r");
		Received error = peer.expect("MESSAGE");
		assertThat(error.header("subscription")).isEqualTo("e");
		assertThat(error.header("destination")).isEqualTo("/user/queue/errors");
		assertThat(error.header("type")).isEqualTo("missing-header");
		assertThat(error.header("receipt-id")).isEqualTo("r");
		assertThat(error.header("message")).isNotBlank();
		assertThat(error.header("message-id")).isNotEmpty();
		assertThat(error.bodyText()).isNotBlank();
		peer.done("SEND", "destination:" + server.topic());
	}

	private static void softErrorsKeepConnection(Server server) {
		Peer peer = server.client();
		peer.done("SUBSCRIBE", "id:e", "destination:/user/queue/errors");
		for (String refused : List.of("SEND\ndestination:/nowhere\n\n^", "SEND\ndestination:/topic/\n\n^",
				"SUBSCRIBE\nid:e\ndestination:/topic/x\n\n^", "UNSUBSCRIBE\nid:none\n\n^", "ACK\nid:none\n\n^",
				"COMMIT\ntransaction:none\n\n^", "SEND\ndestination:/topic/x\ntransaction:none\n\n^",
				"CONNECT\naccept-version:1.2\nhost:localhost\n\n^")) {
			assertThat(peer.send(refused).expect("MESSAGE").header("type")).as("type for %s", refused).isNotBlank();
		}
		peer.done("SEND", "destination:" + server.topic());
		peer.done("UNSUBSCRIBE", "id:e");
		peer.send("SEND\n\n^").error("missing-header");
	}

	private static void unreadableIsNeverSoft(Server server) {
		Peer peer = server.client();
		peer.done("SUBSCRIBE", "id:e", "destination:/user/queue/errors");
		peer.send("NONSENSE\n\n^").error("unknown-command");
	}

}
