package dev.fanfare.conformance;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how subscriptions begin and end. */
final class SubscribingChecks {

	private static final String SUBSCRIBE = "SUBSCRIBE";

	private static final String UNSUBSCRIBE = "UNSUBSCRIBE";

	private static final String ID = "SUBSCRIBE id Header";

	private SubscribingChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(served(), refusals());
	}

	private static Stream<Check> served() {
		return Stream.of(standard("subscribe-1.2", SUBSCRIBE, (server) -> delivers(server, "1.2")),
				standard("subscribe-1.1", SUBSCRIBE, (server) -> delivers(server, "1.1")),
				standard("subscribe-1.0", SUBSCRIBE, (server) -> delivers(server, "1.0")),
				standard("subscribe-no-id-1.0", "STOMP 1.0, SUBSCRIBE", SubscribingChecks::withoutId),
				standard("subscribe-ids-tell-apart", ID, SubscribingChecks::idsTellApart),
				standard("subscribe-ids-per-connection", ID, SubscribingChecks::idsBelongToConnections),
				standard("subscribe-id-escaped", "Value Encoding", SubscribingChecks::escapedId),
				standard("subscribe-message-ids-differ", "MESSAGE", SubscribingChecks::messageIdsDiffer),
				standard("subscribe-ack-auto", "SUBSCRIBE ack Header", SubscribingChecks::autoNeedsNoAck),
				standard("unsubscribe-ends", UNSUBSCRIBE, SubscribingChecks::unsubscribes),
				standard("unsubscribe-by-destination-1.0", "STOMP 1.0, UNSUBSCRIBE",
						SubscribingChecks::unsubscribesByDestination),
				standard("unsubscribe-frees-id", ID, SubscribingChecks::idIsFreeAgain),
				standard("unsubscribe-receipt-is-last", "RECEIPT", SubscribingChecks::nothingAfterReceipt),
				fanfare("subscribe-same-message-id-for-all", "MESSAGE", SubscribingChecks::sameMessageIdForAll));
	}

	private static Stream<Check> refusals() {
		return Stream
			.of(refused("subscribe-no-id", ID, "missing-header", "SUBSCRIBE\ndestination:/topic/x\n\n^"),
					refused("subscribe-no-id-1.1", ID, "missing-header",
							(server) -> server.client("1.1").send("SUBSCRIBE\ndestination:/topic/x\n\n^")),
					refused("subscribe-no-destination", SUBSCRIBE, "missing-header", "SUBSCRIBE\nid:1\n\n^"),
					refused("subscribe-empty-destination", SUBSCRIBE, "missing-header",
							"SUBSCRIBE\nid:1\ndestination:\n\n^"),
					refused("subscribe-duplicate-id", ID, "duplicate-subscription",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\n\n^SUBSCRIBE\nid:1\ndestination:/topic/y\n\n^"),
					refusedByFanfare("subscribe-duplicate-destination-1.0", "STOMP 1.0, SUBSCRIBE",
							"duplicate-subscription",
							(server) -> server.client("1.0")
								.send("SUBSCRIBE\ndestination:/topic/x\n\n^SUBSCRIBE\ndestination:/topic/x\n\n^")),
					refused("subscribe-unknown-ack", "SUBSCRIBE ack Header", "invalid-header",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\nack:sometimes\n\n^"),
					refusedByFanfare("subscribe-nowhere", SUBSCRIBE, "unknown-destination",
							"SUBSCRIBE\nid:1\ndestination:/nowhere/x\n\n^"),
					refusedByFanfare("subscribe-no-topic-name", SUBSCRIBE, "invalid-topic-name",
							"SUBSCRIBE\nid:1\ndestination:/topic/not a name\n\n^"),
					refusedByFanfare("subscribe-queue-of-another", SUBSCRIBE, "unknown-destination",
							"SUBSCRIBE\nid:1\ndestination:/queue/errors-user1\n\n^"),
					refusedByFanfare("unsubscribe-unknown", UNSUBSCRIBE, "unknown-subscription",
							"UNSUBSCRIBE\nid:1\n\n^"),
					refused("unsubscribe-no-id", UNSUBSCRIBE, "missing-header",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\n\n^UNSUBSCRIBE\ndestination:/topic/x\n\n^"),
					refusedByFanfare("unsubscribe-twice", UNSUBSCRIBE, "unknown-subscription",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\n\n^UNSUBSCRIBE\nid:1\n\n^UNSUBSCRIBE\nid:1\n\n^"))
			.flatMap((checks) -> checks);
	}

	private static void delivers(Server server, String version) {
		String topic = server.topic();
		Peer reader = server.readerOf(version, topic);
		server.client().publish(topic, "news");
		Received message = reader.message("news");
		assertThat(message.header("destination")).isEqualTo(topic);
		assertThat(message.header("subscription")).isEqualTo("1");
		assertThat(message.header("message-id")).isNotEmpty();
	}

	private static void withoutId(Server server) {
		String topic = server.topic();
		Peer reader = server.client("1.0");
		reader.frame("SUBSCRIBE", "", "destination:" + topic);
		reader.publish(topic, "news");
		assertThat(reader.message("news").header("destination")).isEqualTo(topic);
	}

	private static void idsTellApart(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("one", topic).subscribe("two", topic);
		reader.publish(topic, "news");
		assertThat(reader.messages("news", "news")).extracting((message) -> message.header("subscription"))
			.containsExactlyInAnyOrder("one", "two");
	}

	private static void idsBelongToConnections(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer other = server.reader(topic);
		other.frame("UNSUBSCRIBE", "", "id:1");
		other.publish(topic, "news");
		reader.message("news");
	}

	private static void escapedId(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("a\\cb\\\\c|\\nd", topic);
		reader.publish(topic, "news");
		assertThat(reader.message("news").header("subscription")).isEqualTo("a\\cb\\\\c|\\nd");
	}

	private static void messageIdsDiffer(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Set<String> ids = new HashSet<>();
		for (int count = 0; count < 20; count++) {
			reader.publish(topic, "same");
			assertThat(ids.add(reader.message("same").header("message-id"))).as("a new message-id").isTrue();
		}
	}

	private static void sameMessageIdForAll(Server server) {
		String topic = server.topic();
		Peer one = server.reader(topic);
		Peer other = server.readerOf("1.1", topic);
		one.publish(topic, "news");
		assertThat(one.message("news").header("message-id").replace("\\c", ":"))
			.isEqualTo(other.message("news").header("message-id").replace("\\c", ":"));
	}

	private static void autoNeedsNoAck(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, "ack:auto");
		for (int count = 0; count < 50; count++) {
			reader.publish(topic, "news");
		}
		for (int count = 0; count < 50; count++) {
			assertThat(reader.message("news").headers()).doesNotContainKey("ack");
		}
	}

	private static void unsubscribes(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic).subscribe("2", topic);
		reader.frame("UNSUBSCRIBE", "", "id:1");
		reader.publish(topic, "news");
		assertThat(reader.message("news").header("subscription")).isEqualTo("2");
		reader.nothingFrom(topic);
	}

	private static void unsubscribesByDestination(Server server) {
		String topic = server.topic();
		Peer reader = server.client("1.0");
		reader.frame("SUBSCRIBE", "", "destination:" + topic);
		reader.subscribe("2", topic);
		reader.frame("UNSUBSCRIBE", "", "destination:" + topic);
		reader.publish(topic, "news");
		reader.message("news");
		reader.nothingFrom(topic);
	}

	private static void idIsFreeAgain(Server server) {
		String topic = server.topic();
		String other = server.topic();
		Peer reader = server.reader(topic);
		reader.frame("UNSUBSCRIBE", "", "id:1");
		reader.subscribe("1", other);
		reader.publish(topic, "to nobody").publish(other, "news");
		reader.message("news");
	}

	private static void nothingAfterReceipt(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		for (int round = 0; round < 20; round++) {
			for (int count = 0; count < 20; count++) {
				sender.publish(topic, "flood");
			}
			reader.frame("UNSUBSCRIBE", "", "id:1", "receipt:gone-" + round);
			Received next = reader.next();
			while (next.command().equals("MESSAGE")) {
				next = reader.next();
			}
			assertThat(next.header("receipt-id")).isEqualTo("gone-" + round);
			reader.subscribe("1", topic + "." + round);
			reader.frame("UNSUBSCRIBE", "", "id:1");
			reader.frame("SUBSCRIBE", "", "id:1", "destination:" + topic);
		}
	}

}
