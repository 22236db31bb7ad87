package dev.fanfare.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check that what belongs together happens together or not at all. */
final class TransactionChecks {

	private static final String BEGIN = "BEGIN";

	private static final String COMMIT = "COMMIT";

	private static final String ABORT = "ABORT";

	private TransactionChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(served(), refusals());
	}

	private static Stream<Check> served() {
		return Stream.of(standard("transaction-commit", COMMIT, TransactionChecks::commits),
				standard("transaction-order", COMMIT, TransactionChecks::keepsOrder),
				standard("transaction-abort", ABORT, TransactionChecks::aborts),
				standard("transaction-disconnect", BEGIN, (server) -> endsWith(server, true)),
				standard("transaction-lost-connection", BEGIN, (server) -> endsWith(server, false)),
				standard("transaction-name-again", BEGIN, TransactionChecks::nameIsFreeAgain),
				standard("transaction-several", BEGIN, TransactionChecks::severalAtOnce),
				standard("transaction-names-per-connection", BEGIN, TransactionChecks::namesBelongToConnections),
				standard("transaction-passes-headers", "SEND", TransactionChecks::passesHeaders),
				standard("transaction-atomic", COMMIT, TransactionChecks::isAtomic),
				fanfare("transaction-empty", COMMIT, TransactionChecks::emptyCommits),
				fanfare("transaction-ack", COMMIT, TransactionChecks::acknowledgesAtCommit),
				fanfare("transaction-ack-aborted", ABORT, TransactionChecks::abortsAcknowledgement),
				fanfare("transaction-nack", COMMIT, TransactionChecks::rejectsAtCommit),
				fanfare("transaction-refused-wholly", COMMIT, TransactionChecks::nothingOfARefusedOne),
				fanfare("transaction-ack-twice", COMMIT, TransactionChecks::nothingOfADoubleAck),
				fanfare("transaction-ack-implied", COMMIT, TransactionChecks::impliedAck),
				fanfare("transaction-refused-softly", COMMIT, TransactionChecks::refusedSoftlyIsOver));
	}

	private static Stream<Check> refusals() {
		return Stream
			.of(refused("transaction-begin-no-name", BEGIN, "missing-header", "BEGIN\n\n^"),
					refused("transaction-begin-empty-name", BEGIN, "missing-header", "BEGIN\ntransaction:\n\n^"),
					refused("transaction-begin-twice", BEGIN, "duplicate-transaction",
							"BEGIN\ntransaction:t\n\n^BEGIN\ntransaction:t\n\n^"),
					refused("transaction-commit-no-name", COMMIT, "missing-header", "COMMIT\n\n^"),
					refused("transaction-commit-unknown", COMMIT, "unknown-transaction", "COMMIT\ntransaction:t\n\n^"),
					refused("transaction-commit-twice", COMMIT, "unknown-transaction",
							"BEGIN\ntransaction:t\n\n^COMMIT\ntransaction:t\n\n^COMMIT\ntransaction:t\n\n^"),
					refused("transaction-abort-no-name", ABORT, "missing-header", "ABORT\n\n^"),
					refused("transaction-abort-unknown", ABORT, "unknown-transaction", "ABORT\ntransaction:t\n\n^"),
					refused("transaction-commit-after-abort", ABORT, "unknown-transaction",
							"BEGIN\ntransaction:t\n\n^ABORT\ntransaction:t\n\n^COMMIT\ntransaction:t\n\n^"),
					refused("transaction-send-unknown", "SEND", "unknown-transaction",
							"SEND\ndestination:/topic/x\ntransaction:t\n\nlost^"),
					refusedByFanfare("transaction-send-nowhere", "SEND", "unknown-destination",
							"BEGIN\ntransaction:t\n\n^SEND\ndestination:/nowhere\ntransaction:t\n\nlost^"),
					refused("transaction-ack-unknown", "ACK", "unknown-transaction", TransactionChecks::ackInNone),
					refused("transaction-ack-of-nothing", "ACK", "unknown-message",
							"BEGIN\ntransaction:t\n\n^ACK\nid:nothing\ntransaction:t\n\n^"))
			.flatMap((checks) -> checks);
	}

	private static void commits(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		begin(sender, "t").publish(topic, "inside", "transaction:t").publish(topic, "outside");
		reader.message("outside");
		commit(sender, "t");
		reader.message("inside");
		reader.nothingFrom(topic);
	}

	private static void keepsOrder(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(server.client(), "t");
		for (int count = 0; count < 100; count++) {
			sender.publish(topic, "message " + count, "transaction:t");
		}
		sender.publish(topic, "outside");
		reader.message("outside");
		commit(sender, "t");
		for (int count = 0; count < 100; count++) {
			reader.message("message " + count);
		}
	}

	private static void aborts(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(server.client(), "t").publish(topic, "inside", "transaction:t");
		sender.frame("ABORT", "", "transaction:t").publish(topic, "after");
		reader.message("after");
		reader.nothingFrom(topic);
	}

	private static void endsWith(Server server, boolean disconnect) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(server.client(), "t").publish(topic, "inside", "transaction:t").publish(topic, "outside");
		reader.message("outside");
		if (disconnect) {
			sender.frame("DISCONNECT", "");
			sender.closed();
		}
		else {
			sender.close();
		}
		reader.nothingFrom(topic);
	}

	private static void nameIsFreeAgain(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(server.client(), "t").publish(topic, "aborted", "transaction:t");
		sender.frame("ABORT", "", "transaction:t");
		begin(sender, "t").publish(topic, "one", "transaction:t");
		commit(sender, "t");
		begin(sender, "t").publish(topic, "two", "transaction:t");
		commit(sender, "t");
		reader.messages("one", "two");
	}

	private static void severalAtOnce(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(begin(server.client(), "a"), "b").publish(topic, "in a", "transaction:a")
			.publish(topic, "in b", "transaction:b")
			.publish(topic, "in a too", "transaction:a");
		commit(sender, "b");
		commit(sender, "a");
		reader.messages("in b", "in a", "in a too");
	}

	private static void namesBelongToConnections(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer one = begin(server.client(), "t").publish(topic, "one", "transaction:t");
		Peer other = begin(server.client(), "t").publish(topic, "other", "transaction:t");
		commit(other, "t");
		reader.message("other");
		commit(one, "t");
		reader.message("one");
	}

	private static void passesHeaders(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = begin(server.client(), "t").publish(topic, "x", "transaction:t", "genre:jazz",
				"content-type:text/plain");
		commit(sender, "t");
		assertThat(reader.message("x").headers()).containsEntry("genre", "jazz")
			.containsEntry("content-type", "text/plain")
			.doesNotContainKey("transaction");
	}

	/** Where two transactions cross, one comes before the other on every topic. */
	private static void isAtomic(Server server) {
		String one = server.topic();
		String other = server.topic();
		Peer reader = server.client().subscribe("one", one).subscribe("other", other);
		List<Peer> senders = List.of(server.client(), server.client());
		for (int round = 0; round < 30; round++) {
			for (Peer sender : senders) {
				String body = round + " of " + senders.indexOf(sender);
				begin(sender, "t").publish(one, body, "transaction:t").publish(other, body, "transaction:t");
			}
			senders.forEach((sender) -> commit(sender, "t"));
		}
		List<String> ofOne = new ArrayList<>();
		List<String> ofOther = new ArrayList<>();
		for (int count = 0; count < 120; count++) {
			Received message = reader.expect("MESSAGE");
			(message.header("subscription").equals("one") ? ofOne : ofOther).add(message.bodyText());
		}
		assertThat(ofOne).hasSize(60).isEqualTo(ofOther);
	}

	private static void emptyCommits(Server server) {
		Peer peer = begin(server.client(), "t");
		peer.done("COMMIT", "transaction:t");
	}

	private static void acknowledgesAtCommit(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("held", topic, "ack:client-individual", "prefetch-count:1");
		reader.publish(topic, "1").publish(topic, "2");
		Received first = reader.message("1");
		begin(reader, "t").frame("ACK", "", "id:" + first.header("ack"), "transaction:t");
		reader.done("SEND", "destination:" + server.topic());
		commit(reader, "t");
		reader.message("2");
	}

	private static void abortsAcknowledgement(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client-individual", "prefetch-count:1");
		reader.publish(topic, "1").publish(topic, "2");
		Received first = reader.message("1");
		begin(reader, "t").frame("ACK", "", "id:" + first.header("ack"), "transaction:t");
		reader.done("ABORT", "transaction:t");
		reader.frame("ACK", "", "id:" + first.header("ack"));
		reader.message("2");
	}

	private static void rejectsAtCommit(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.publish(topic, "x");
		Received first = reader.message("x");
		begin(reader, "t").frame("NACK", "", "id:" + first.header("ack"), "transaction:t");
		reader.done("SEND", "destination:" + server.topic());
		commit(reader, "t");
		assertThat(reader.message("x").header("redelivered")).isEqualTo("1");
	}

	private static void nothingOfARefusedOne(Server server) {
		String topic = server.topic();
		Peer watching = server.reader(topic + ".out");
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.publish(topic, "x");
		String ack = "id:" + reader.message("x").header("ack");
		begin(reader, "t").publish(topic + ".out", "first", "transaction:t")
			.frame("ACK", "", ack, "transaction:t")
			.publish(topic + ".out", "last", "transaction:t")
			.frame("ACK", "", ack)
			.frame("COMMIT", "", "transaction:t", "receipt:c");
		assertThat(reader.error("unknown-message").header("receipt-id")).isEqualTo("c");
		watching.nothingFrom(topic + ".out");
	}

	private static void nothingOfADoubleAck(Server server) {
		String topic = server.topic();
		Peer watching = server.reader(topic + ".out");
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.publish(topic, "x");
		String ack = "id:" + reader.message("x").header("ack");
		begin(reader, "t").publish(topic + ".out", "first", "transaction:t")
			.frame("ACK", "", ack, "transaction:t")
			.frame("ACK", "", ack, "transaction:t")
			.frame("COMMIT", "", "transaction:t");
		reader.error("unknown-message");
		watching.nothingFrom(topic + ".out");
	}

	/** In a transaction as outside of one, what an ACK spoke for is gone. */
	private static void impliedAck(Server server) {
		String topic = server.topic();
		Peer watching = server.reader(topic + ".out");
		Peer reader = server.reader(topic, "ack:client");
		reader.publish(topic, "1").publish(topic, "2");
		List<Received> both = reader.messages("1", "2");
		begin(reader, "t").publish(topic + ".out", "first", "transaction:t")
			.frame("ACK", "", "id:" + both.get(1).header("ack"), "transaction:t")
			.frame("ACK", "", "id:" + both.get(0).header("ack"), "transaction:t")
			.frame("COMMIT", "", "transaction:t");
		reader.error("unknown-message");
		watching.nothingFrom(topic + ".out");
	}

	private static void refusedSoftlyIsOver(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.done("SUBSCRIBE", "id:e", "destination:/user/queue/errors");
		reader.publish(topic, "x");
		String ack = "id:" + reader.message("x").header("ack");
		begin(reader, "t").frame("ACK", "", ack, "transaction:t").frame("ACK", "", ack);
		reader.frame("COMMIT", "", "transaction:t");
		assertThat(reader.expect("MESSAGE").header("type")).isEqualTo("unknown-message");
		reader.done("BEGIN", "transaction:t");
	}

	private static Peer ackInNone(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:client-individual");
		reader.publish(topic, "x");
		return reader.frame("ACK", "", "id:" + reader.message("x").header("ack"), "transaction:t");
	}

	private static Peer begin(Peer peer, String name) {
		return peer.frame("BEGIN", "", "transaction:" + name);
	}

	private static Peer commit(Peer peer, String name) {
		return peer.frame("COMMIT", "", "transaction:" + name);
	}

}
