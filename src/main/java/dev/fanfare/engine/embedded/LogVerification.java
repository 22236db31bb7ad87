package dev.fanfare.engine.embedded;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Read the whole log and print what is wrong with it, and where: what cannot be read or
 * fails its checksum, offsets that are missing, sums and times that do not agree.
 */
final class LogVerification {

	private final LogStore store;

	private final PrintStream out;

	private final Map<Integer, TopicName> ids = new HashMap<>();

	private long faults;

	private long publications;

	private long bytes;

	LogVerification(LogStore store, PrintStream out) {
		this.store = store;
		this.out = out;
	}

	/** Tell whether everything is right. */
	boolean verify(List<LogTopic> topics) {
		topics.forEach(this::verify);
		try {
			this.store.verifyChecksums();
		}
		catch (StorageFailed ex) {
			fault("A file of the log: " + ex.reason());
		}
		if (this.store.rupture().isNoted()) {
			this.out.println(
					"Note: the next start gives all topics new epochs, for clients may know of more than is here.");
		}
		this.out.printf("%d topics, %d publications, %d bytes: %s%n", topics.size(), this.publications, this.bytes,
				(this.faults == 0) ? "all right" : this.faults + " faults");
		return this.faults == 0;
	}

	private void verify(LogTopic topic) {
		TopicName other = this.ids.put(topic.id(), topic.name());
		if (other != null) {
			fault("Topic '%s' has the number %d of topic '%s'".formatted(topic.name(), topic.id(), other));
		}
		Reading reading = new Reading(topic);
		try {
			boolean more = true;
			while (more) {
				more = this.store.records(topic.id(), reading.offset, topic.head().offset(), reading::take);
			}
			reading.end();
		}
		catch (StorageFailed ex) {
			fault("Topic '%s' cannot be read after offset %d: %s".formatted(topic.name(), reading.offset, ex.reason()));
		}
	}

	private void fault(String what) {
		this.faults++;
		this.out.println(what);
	}

	/** Compare a topic's records with each other and with its head. */
	private final class Reading {

		private final LogTopic topic;

		private long offset;

		private @Nullable Long total;

		private long timestamp;

		Reading(LogTopic topic) {
			this.topic = topic;
			this.offset = topic.head().trimmed();
			this.total = topic.head().trimmedTotal();
		}

		void take(long found, byte[] record) {
			if (found != this.offset + 1) {
				missing(found - 1);
			}
			this.offset = found;
			try {
				TopicLog.Mark mark = LogRecord.mark(record);
				check(mark,
						LogRecord.read(record, this.topic.name(), new Position(this.topic.head().epoch(), found))
							.draft()
							.size());
			}
			catch (RuntimeException ex) {
				fault("%s cannot be read: %s".formatted(place(found), ex));
				this.total = null;
			}
		}

		private void check(TopicLog.Mark mark, int size) {
			if (mark.size() != size) {
				fault("%s has %d bytes; its record says %d".formatted(place(this.offset), size, mark.size()));
			}
			if (this.total != null && this.total + size != mark.total()) {
				fault("%s makes %d bytes in all; its record says %d".formatted(place(this.offset), this.total + size,
						mark.total()));
			}
			if (mark.timestamp() < this.timestamp) {
				fault("%s is older than the publication before it".formatted(place(this.offset)));
			}
			this.total = mark.total();
			this.timestamp = mark.timestamp();
			LogVerification.this.publications++;
			LogVerification.this.bytes += size;
		}

		void end() {
			Head head = this.topic.head();
			if (this.offset < head.offset()) {
				missing(head.offset());
			}
			else if (this.total != null && this.total != head.total()) {
				fault("Topic '%s' has %d bytes in all; its head says %d".formatted(this.topic.name(), this.total,
						head.total()));
			}
		}

		private void missing(long upTo) {
			fault("Topic '%s' has nothing at the offsets %d to %d".formatted(this.topic.name(), this.offset + 1, upTo));
			this.total = null;
		}

		private String place(long at) {
			return "Topic '%s', offset %d".formatted(this.topic.name(), at);
		}

	}

}
