package dev.fanfare.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how messages are acknowledged, refused and held back. */
final class AcknowledgementChecks {

	private static final String ACK = "ACK";

	private static final String NACK = "NACK";

	private static final String PREFETCH = "Fanfare, prefetch-count";

	private static final String INDIVIDUAL = "ack:client-individual";

	private static final String CUMULATIVE = "ack:client";

	private AcknowledgementChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(served(), refusals());
	}

	private static Stream<Check> served() {
		return Stream.of(standard("ack-header-client", "MESSAGE", (server) -> hasAckHeader(server, CUMULATIVE)),
				standard("ack-header-client-individual", "MESSAGE", (server) -> hasAckHeader(server, INDIVIDUAL)),
				standard("ack-1.2", ACK, (server) -> acknowledges(server, "1.2", "id:ACK")),
				standard("ack-1.1", "STOMP 1.1, ACK",
						(server) -> acknowledges(server, "1.1", "message-id:ID", "subscription:1")),
				standard("ack-1.0", "STOMP 1.0, ACK", (server) -> acknowledges(server, "1.0", "message-id:ID")),
				fanfare("ack-prefetch", PREFETCH, AcknowledgementChecks::prefetches),
				fanfare("ack-prefetch-pauses-only-it", PREFETCH, AcknowledgementChecks::pausesOnlyOne),
				fanfare("ack-client-cumulative", "SUBSCRIBE ack Header", AcknowledgementChecks::isCumulative),
				fanfare("ack-client-individual", "SUBSCRIBE ack Header", AcknowledgementChecks::isIndividual),
				fanfare("ack-only-own-subscription", ACK, AcknowledgementChecks::concernsOneSubscription),
				fanfare("ack-odd-subscription-id", ACK, AcknowledgementChecks::oddSubscriptionId),
				fanfare("nack-redelivers", NACK, AcknowledgementChecks::redelivers),
				fanfare("nack-redelivers-1.1", "STOMP 1.1, NACK", AcknowledgementChecks::redeliversIn11),
				fanfare("nack-client-cumulative", NACK, AcknowledgementChecks::redeliversAllBefore),
				fanfare("nack-gives-up", NACK, AcknowledgementChecks::givesUp),
				fanfare("nack-only-own-subscription", NACK, AcknowledgementChecks::redeliversToOne));
	}

	private static Stream<Check> refusals() {
		return Stream
			.of(refused("ack-unknown", ACK, "unknown-message", "ACK\nid:nothing\n\n^"),
					refused("nack-unknown", NACK, "unknown-message", "NACK\nid:nothing\n\n^"),
					refused("ack-no-id", ACK, "missing-header", "ACK\nmessage-id:1\nsubscription:1\n\n^"),
					refused("ack-no-message-id-1.1", "STOMP 1.1, ACK", "missing-header",
							(server) -> server.client("1.1").send("ACK\nsubscription:1\n\n^")),
					refused("ack-no-subscription-1.1", "STOMP 1.1, ACK", "missing-header",
							(server) -> server.client("1.1").send("ACK\nmessage-id:1\n\n^")),
					refused("ack-twice", ACK, "unknown-message", (server) -> again(server, INDIVIDUAL, "ACK", "ACK")),
					refused("ack-after-cumulative", ACK, "unknown-message", AcknowledgementChecks::afterCumulative),
					refused("nack-after-ack", NACK, "unknown-message",
							(server) -> again(server, INDIVIDUAL, "ACK", "NACK")),
					refused("ack-of-another-client", ACK, "unknown-message", AcknowledgementChecks::ofAnotherClient),
					refusedByFanfare("ack-after-unsubscribe", ACK, "unknown-message",
							AcknowledgementChecks::afterUnsubscribe),
					refused("ack-of-auto", ACK, "unknown-message", AcknowledgementChecks::ofAuto),
					refusedByFanfare("ack-prefetch-word", PREFETCH, "invalid-header",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\nack:client\nprefetch-count:some\n\n^"),
					refusedByFanfare("ack-prefetch-zero", PREFETCH, "invalid-header",
							"SUBSCRIBE\nid:1\ndestination:/topic/x\nack:client\nprefetch-count:0\n\n^"))
			.flatMap((checks) -> checks);
	}

	private static void hasAckHeader(Server server, String mode) {
		String topic = server.topic();
		Peer reader = server.reader(topic, mode);
		reader.publish(topic, "x").publish(topic, "x");
		assertThat(reader.messages("x", "x")).extracting((message) -> message.header("ack"))
			.doesNotContain("")
			.doesNotHaveDuplicates();
	}

	/** Acknowledge twice: the first is taken, the second refused. */
	private static void acknowledges(Server server, String version, String... headers) {
		String topic = server.topic();
		Peer reader = server.client(version).subscribe("1", topic, CUMULATIVE);
		reader.publish(topic, "x");
		Received message = reader.message("x");
		String[] written = Stream.of(headers)
			.map((header) -> header.replace("ACK", message.header("ack")).replace("ID", message.header("message-id")))
			.toArray(String[]::new);
		reader.done("ACK", written);
		reader.frame("ACK", "", written);
		reader.error();
	}

	private static void prefetches(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("held", topic, INDIVIDUAL, "prefetch-count:2").subscribe("all", topic);
		send(server, topic, "1", "2", "3", "4", "5");
		List<Received> held = of("held", take(reader, 7));
		assertThat(held).extracting(Received::bodyText).containsExactly("1", "2");
		// What is sent to the held one came before this, which is sent later.
		send(server, topic, "6");
		reader.message("6");
		acknowledge(reader, held.get(1));
		acknowledge(reader, reader.message("3"));
		acknowledge(reader, reader.message("4"));
		acknowledge(reader, held.getFirst());
		reader.messages("5", "6");
	}

	private static void pausesOnlyOne(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("held", topic, INDIVIDUAL, "prefetch-count:1").subscribe("all", topic);
		Peer other = server.reader(topic);
		Peer sender = server.client();
		for (int count = 0; count < 300; count++) {
			sender.publish(topic, "x" + count);
		}
		for (int count = 0; count < 300; count++) {
			other.message("x" + count);
		}
		assertThat(of("all", take(reader, 301))).hasSize(300);
	}

	private static void isCumulative(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, CUMULATIVE, "prefetch-count:3");
		send(server, topic, "1", "2", "3", "4", "5", "6");
		List<Received> first = reader.messages("1", "2", "3");
		acknowledge(reader, first.get(1));
		reader.messages("4", "5");
		acknowledge(reader, first.get(2));
		reader.message("6");
	}

	private static void isIndividual(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL, "prefetch-count:3");
		send(server, topic, "1", "2", "3", "4", "5", "6");
		List<Received> first = reader.messages("1", "2", "3");
		acknowledge(reader, first.get(2));
		reader.message("4");
		acknowledge(reader, first.get(1));
		reader.message("5");
		acknowledge(reader, first.getFirst());
		reader.message("6");
	}

	private static void concernsOneSubscription(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("a", topic, CUMULATIVE).subscribe("b", topic, CUMULATIVE);
		reader.publish(topic, "x");
		List<Received> both = reader.messages("x", "x");
		acknowledge(reader, both.get(0));
		acknowledge(reader, both.get(1));
	}

	private static void oddSubscriptionId(Server server) {
		String topic = server.topic();
		Peer reader = server.client().subscribe("a|b\\cc\\\\|", topic, INDIVIDUAL, "prefetch-count:1");
		send(server, topic, "1", "2");
		acknowledge(reader, reader.message("1"));
		acknowledge(reader, reader.message("2"));
	}

	private static void redelivers(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL);
		reader.publish(topic, "x", "genre:jazz");
		Received first = reader.message("x");
		assertThat(first.headers()).doesNotContainKey("redelivered");
		reader.frame("NACK", "", "id:" + first.header("ack"));
		Received second = reader.message("x");
		assertThat(second.header("redelivered")).isEqualTo("1");
		assertThat(second.header("message-id")).isEqualTo(first.header("message-id"));
		assertThat(second.header("genre")).isEqualTo("jazz");
		reader.frame("NACK", "", "id:" + second.header("ack"));
		Received third = reader.message("x");
		assertThat(third.header("redelivered")).isEqualTo("2");
		acknowledge(reader, third);
	}

	private static void redeliversIn11(Server server) {
		String topic = server.topic();
		Peer reader = server.client("1.1").subscribe("1", topic, CUMULATIVE);
		reader.publish(topic, "x");
		String id = reader.message("x").header("message-id");
		reader.frame("NACK", "", "message-id:" + id, "subscription:1");
		assertThat(reader.message("x").header("redelivered")).isEqualTo("1");
	}

	private static void redeliversAllBefore(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, CUMULATIVE);
		send(server, topic, "1", "2", "3");
		List<Received> first = reader.messages("1", "2", "3");
		reader.frame("NACK", "", "id:" + first.get(1).header("ack"));
		assertThat(reader.messages("1", "2")).extracting((message) -> message.header("redelivered")).containsOnly("1");
		acknowledge(reader, first.get(2));
	}

	private static void givesUp(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL, "prefetch-count:1");
		send(server, topic, "poison", "good");
		Received next = reader.next();
		int sent = 0;
		for (; next.bodyText().equals("poison") && sent < 100; sent++) {
			reader.frame("NACK", "", "id:" + next.header("ack"));
			next = reader.next();
		}
		assertThat(next.bodyText()).isEqualTo("good");
		assertThat(sent).as("times sent").isGreaterThan(1);
	}

	private static void redeliversToOne(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL);
		Peer other = server.reader(topic, INDIVIDUAL);
		reader.publish(topic, "x");
		other.message("x");
		reader.frame("NACK", "", "id:" + reader.message("x").header("ack"));
		reader.message("x");
		other.nothingFrom(topic);
	}

	private static Peer again(Server server, String mode, String first, String second) {
		String topic = server.topic();
		Peer reader = server.reader(topic, mode);
		reader.publish(topic, "x");
		String id = "id:" + reader.message("x").header("ack");
		return reader.frame(first, "", id).frame(second, "", id);
	}

	private static Peer afterCumulative(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, CUMULATIVE);
		reader.publish(topic, "1").publish(topic, "2");
		List<Received> both = reader.messages("1", "2");
		return reader.frame("ACK", "", "id:" + both.get(1).header("ack"))
			.frame("ACK", "", "id:" + both.get(0).header("ack"));
	}

	private static Peer ofAnotherClient(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL);
		reader.publish(topic, "x");
		return server.client().frame("ACK", "", "id:" + reader.message("x").header("ack"));
	}

	private static Peer afterUnsubscribe(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic, INDIVIDUAL);
		reader.publish(topic, "x");
		String id = reader.message("x").header("ack");
		return reader.frame("UNSUBSCRIBE", "", "id:1").frame("ACK", "", "id:" + id);
	}

	private static Peer ofAuto(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.publish(topic, "x");
		return reader.frame("ACK", "", "id:1|" + reader.message("x").header("message-id"));
	}

	/** Send from one client, in order. */
	private static void send(Server server, String topic, String... bodies) {
		Peer sender = server.client();
		Stream.of(bodies).forEach((body) -> sender.publish(topic, body));
	}

	private static void acknowledge(Peer reader, Received message) {
		reader.frame("ACK", "", "id:" + message.header("ack"));
	}

	private static List<Received> take(Peer reader, int count) {
		List<Received> taken = new ArrayList<>();
		while (taken.size() < count) {
			taken.add(reader.expect("MESSAGE"));
		}
		return taken;
	}

	private static List<Received> of(String subscription, List<Received> messages) {
		return messages.stream().filter((message) -> message.header("subscription").equals(subscription)).toList();
	}

}
