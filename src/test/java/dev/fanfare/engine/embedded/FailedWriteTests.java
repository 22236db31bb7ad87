package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.fanfare.testing.ManualClock;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A write that fails may have reached the disk whole: here each one has. What is undone
 * is to be as if it had never been.
 */
class FailedWriteTests {

	private static final TopicName TOPIC = new TopicName("a");

	private static final TopicName OTHER = new TopicName("b");

	private static final TopicRules RULES = new TopicRules(List.of(new TopicRule(new TopicPattern("**"),
			Durability.DISK, new Retention(100, 1_000_000, Duration.ofDays(1)), 65536, Duration.ofMinutes(10))));

	@TempDir
	private Path folder;

	private final ManualClock clock = new ManualClock();

	@Test
	void publicationsAndTheirKeysAreTakenOut() {
		publish(3);
		Draft refused = Draft.ofText(TOPIC, "refused").with(new IdempotencyKey("k"));

		fail((topics) -> {
			List<Draft> drafts = List.of(refused, Draft.ofText(OTHER, "refused"));
			return new LogAppend(new Appending(topics, drafts, (publication) -> {
			}), drafts, (log) -> {
			});
		});

		try (EmbeddedEngine engine = open()) {
			assertThat(engine.state(TOPIC).position().offset()).isEqualTo(3);
			assertThat(engine.state(OTHER).position().offset()).isZero();
			engine.append(List.of(Draft.ofText(TOPIC, "another one takes the offset")));
		}
		try (EmbeddedEngine engine = open()) {
			assertThat(engine.append(List.of(refused)).getFirst().duplicate()).isFalse();
			assertThat(engine.read(TOPIC, 0, 10).publications()).hasSize(5);
		}
	}

	@Test
	void aHistoryThatWasNotResetIsAllThere() {
		publish(50);
		String epoch = epoch();

		fail((topics) -> new LogReset((DiskLog) topics.find(TOPIC), (next) -> {
		}));

		try (EmbeddedEngine engine = open()) {
			assertThat(engine.state(TOPIC).position().epoch()).isEqualTo(epoch);
			assertThat(engine.read(TOPIC, 0, 100).publications()).hasSize(50);
		}
	}

	@Test
	void aHistoryThatWasNotTrimmedIsAllThere() {
		publish(150);
		this.clock.advance(Duration.ofDays(2));

		fail((topics) -> new LogTrim((DiskLog) topics.find(TOPIC), (next) -> {
		}));

		try (LogStore store = new LogStore(this.folder)) {
			Topics topics = topics(store);
			DiskLog log = (DiskLog) topics.find(TOPIC);
			assertThat(log.head().trimmed()).isZero();
			assertThat(log.read(log.head(), 0, 1000)).hasSize(150);
		}
	}

	@Test
	void aTopicThatWasNotForgottenStaysAsItWas() {
		publish(5);
		this.clock.advance(Duration.ofDays(2));
		try (EmbeddedEngine engine = open()) {
			engine.sweep();
		}
		String epoch = epoch();
		this.clock.advance(Duration.ofDays(40));

		fail(LogSweep::new);

		try (EmbeddedEngine engine = open()) {
			assertThat(engine.state(TOPIC).position().offset()).isEqualTo(5);
			assertThat(engine.state(TOPIC).position().epoch()).isEqualTo(epoch);
		}
	}

	private void fail(Making making) {
		try (LogStore store = new LogStore(this.folder)) {
			LogEntry entry = making.make(topics(store));
			try (LogStore.Batch batch = store.batch()) {
				Set<DiskLog> touched = new LinkedHashSet<>();
				entry.plan(batch, touched, this.clock.millis());
				touched.forEach((log) -> batch.put(log, log.next()));
				batch.write();
			}
			entry.undo();
			try (LogStore.Batch batch = store.batch()) {
				entry.takeOut(batch);
				batch.write();
			}
		}
	}

	private void publish(int count) {
		try (EmbeddedEngine engine = open()) {
			IntStream.range(0, count).forEach((each) -> engine.append(List.of(Draft.ofText(TOPIC, "text"))));
		}
	}

	private String epoch() {
		try (EmbeddedEngine engine = open()) {
			return engine.state(TOPIC).position().epoch();
		}
	}

	private EmbeddedEngine open() {
		return new EmbeddedEngine(Embedded.in(this.folder).properties(), RULES, this.clock);
	}

	private Topics topics(LogStore store) {
		return new Topics(Embedded.in(this.folder).properties(), RULES, store);
	}

	private interface Making {

		LogEntry make(Topics topics);

	}

}
