package dev.fanfare.conformance;

import java.util.List;
import java.util.stream.Stream;

import static dev.fanfare.conformance.Check.fanfare;
import static dev.fanfare.conformance.Check.refused;
import static dev.fanfare.conformance.Check.refusedByFanfare;
import static dev.fanfare.conformance.Check.standard;
import static org.assertj.core.api.Assertions.assertThat;

/** Check how messages are sent and to whom they get. */
final class SendingChecks {

	private static final String SEND = "SEND";

	private SendingChecks() {
	}

	static Stream<Check> all() {
		return Stream.concat(
				Stream.of(standard("send-to-all", SEND, SendingChecks::reachesAll),
						standard("send-to-own-subscription", SEND, SendingChecks::reachesSender),
						standard("send-between-versions", "Protocol Negotiation", SendingChecks::crossesVersions),
						standard("send-in-order", SEND, SendingChecks::keepsOrder),
						standard("send-content-type", "Header content-type", SendingChecks::keepsContentType),
						fanfare("send-odd-content-type", "Header content-type", SendingChecks::keepsOddContentType),
						fanfare("send-position", "RECEIPT", SendingChecks::tellsPosition),
						fanfare("send-timestamp", "MESSAGE", SendingChecks::tellsTime)),
				Stream
					.of(refused("send-no-destination", SEND, "missing-header", "SEND\n\nlost^"),
							refused("send-empty-destination", SEND, "missing-header", "SEND\ndestination:\n\nlost^"),
							refusedByFanfare("send-nowhere", SEND, "unknown-destination",
									"SEND\ndestination:/nowhere/x\n\nlost^"),
							refusedByFanfare("send-no-slash", SEND, "unknown-destination",
									"SEND\ndestination:topic/x\n\nlost^"),
							refusedByFanfare("send-no-topic-name", SEND, "invalid-topic-name",
									"SEND\ndestination:/topic/\n\nlost^"),
							refusedByFanfare("send-odd-topic-name", SEND, "invalid-topic-name",
									"SEND\ndestination:/topic/a/../b\n\nlost^"),
							refusedByFanfare("send-long-topic-name", SEND, "invalid-topic-name",
									"SEND\ndestination:/topic/" + "x".repeat(129) + "\n\nlost^"),
							refusedByFanfare("send-to-no-controller", SEND, "unknown-destination",
									"SEND\ndestination:/app/nobody/is/here\nreceipt:1\n\nlost^"),
							refusedByFanfare("send-to-user", SEND, "access-denied",
									"SEND\ndestination:/user/ann/queue/errors\n\nspam^"),
							refusedByFanfare("send-to-queue-of-another", SEND, "unknown-destination",
									"SEND\ndestination:/queue/errors-user1\n\nspam^"))
					.flatMap((checks) -> checks));
	}

	private static void reachesAll(Server server) {
		String topic = server.topic();
		List<Peer> readers = List.of(server.reader(topic), server.reader(topic), server.reader(topic));
		server.client().publish(topic, "news");
		readers.forEach((reader) -> reader.message("news"));
	}

	private static void reachesSender(Server server) {
		String topic = server.topic();
		server.reader(topic).publish(topic, "own").message("own");
	}

	private static void crossesVersions(Server server) {
		List<String> versions = List.of("1.0", "1.1", "1.2");
		for (String sender : versions) {
			String topic = server.topic();
			List<Peer> readers = versions.stream().map((version) -> server.readerOf(version, topic)).toList();
			server.client(sender).publish(topic, "from " + sender);
			readers.forEach((reader) -> reader.message("from " + sender));
		}
	}

	private static void keepsOrder(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		Peer sender = server.client();
		for (int count = 0; count < 500; count++) {
			sender.publish(topic, "message " + count);
		}
		for (int count = 0; count < 500; count++) {
			reader.message("message " + count);
		}
	}

	private static void keepsContentType(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		reader.publish(topic, "{}", "content-type:application/json;charset=utf-8");
		assertThat(reader.message("{}").header("content-type")).isEqualTo("application/json;charset=utf-8");
	}

	/** The standard wants a MIME type, but a broker need not understand it. */
	private static void keepsOddContentType(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		for (String odd : List.of("nonsense", "a/b/c", "text/plain;charset=no-such", ";")) {
			reader.publish(topic, "x", "content-type:" + odd);
			assertThat(reader.message("x").header("content-type")).isEqualTo(odd);
		}
	}

	private static void tellsPosition(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		String position = server.client().done("SEND", "destination:" + topic).header("position");
		assertThat(position).matches("\\S+\\\\c1");
		assertThat(reader.message("").header("message-id")).isEqualTo(position);
	}

	private static void tellsTime(Server server) {
		String topic = server.topic();
		Peer reader = server.reader(topic);
		long before = System.currentTimeMillis();
		reader.publish(topic, "x", "timestamp:1");
		long timestamp = Long.parseLong(reader.message("x").header("timestamp"));
		// Its clock may differ from ours.
		assertThat(timestamp).isBetween(before - 60_000, before + 60_000);
	}

}
