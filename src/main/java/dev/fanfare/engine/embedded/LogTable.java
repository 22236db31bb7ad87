package dev.fanfare.engine.embedded;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Print where topics stand, one a line. */
final class LogTable {

	private static final String LINE = "%-40s %-10s %12s %12s %12s %14s  %s%n";

	private final PrintStream out;

	private final Clock clock;

	LogTable(PrintStream out, Clock clock) {
		this.out = out;
		this.clock = clock;
	}

	boolean print(List<LogTopic> topics) {
		this.out.printf(LINE, "TOPIC", "EPOCH", "OLDEST", "NEWEST", "COUNT", "BYTES", "LAST PUBLISHED");
		for (LogTopic topic : topics) {
			Head head = topic.head();
			this.out.printf(LINE, topic.name(), head.epoch(), (head.count() > 0) ? head.trimmed() + 1 : "-",
					head.offset(), head.count(), head.bytes(), age(head));
		}
		return true;
	}

	private String age(Head head) {
		if (head.offset() == 0) {
			return "never";
		}
		Duration age = Duration.ofMillis(Math.max(0, this.clock.millis() - head.timestamp()));
		return "%dd %02dh %02dm %02ds ago".formatted(age.toDays(), age.toHoursPart(), age.toMinutesPart(),
				age.toSecondsPart());
	}

}
