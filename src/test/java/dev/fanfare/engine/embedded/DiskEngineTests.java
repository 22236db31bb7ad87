package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Engine;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.TopicState;
import dev.fanfare.engine.EngineContract;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The embedded engine with topics on disk. */
class DiskEngineTests extends EngineContract {

	@TempDir
	private Path folder;

	private Embedded settings;

	private EmbeddedEngine embedded;

	@Override
	protected Engine create(TopicRules rules) {
		this.settings = Embedded.in(this.folder);
		return open();
	}

	private EmbeddedEngine open() {
		this.embedded = new EmbeddedEngine(this.settings.properties(), rules(), this.clock);
		this.embedded.start(this::announce);
		return this.embedded;
	}

	private void reopen() {
		this.embedded.close();
		this.engine = open();
	}

	@Override
	protected void sweep() {
		this.embedded.sweep();
		// What is written next is written after it.
		publish(new TopicName("sweep"), 1);
		this.announced.removeLast();
	}

	@Override
	protected Durability durability() {
		return Durability.DISK;
	}

	@AfterEach
	void close() {
		this.embedded.close();
	}

	@Test
	void everythingIsThereAfterARestart() {
		publish(LOG, 300);
		publish(SHORT_TOPIC, 500);
		TopicState log = this.engine.state(LOG);
		TopicState shortState = this.engine.state(SHORT_TOPIC);
		Position unborn = this.engine.state(OTHER).position();

		reopen();

		assertThat(this.engine.state(LOG)).isEqualTo(log);
		assertThat(this.engine.state(SHORT_TOPIC)).isEqualTo(shortState);
		assertThat(this.engine.read(LOG, 0, 1000).publications()).hasSize(300);
		assertThat(publish(LOG, "next").position()).isEqualTo(new Position(log.position().epoch(), 301));
		assertThat(publish(OTHER, "first").position()).isEqualTo(new Position(unborn.epoch(), 1));
	}

	@Test
	void keysAreRememberedAfterARestartAndForgottenAfterTheirWindow() {
		Draft draft = draft(LOG, "once").with(new IdempotencyKey("k"));
		Stored first = append(draft);

		reopen();

		assertThat(append(draft)).isEqualTo(new Stored(first.position(), true));

		this.clock.advance(Duration.ofMinutes(11));
		reopen();

		assertThat(append(draft).duplicate()).isFalse();
		this.clock.advance(Duration.ofMinutes(15));
		sweep();
		reopen();
		assertThat(append(draft).position().offset()).isEqualTo(3);
	}

	@Test
	void aTopicThatWasResetStaysSo() {
		publish(LOG, 5);
		append(draft(LOG, "keyed").with(new IdempotencyKey("k")));
		Position reset = this.engine.reset(LOG).position();

		reopen();

		assertThat(this.engine.state(LOG).position()).isEqualTo(reset);
		assertThat(this.engine.read(LOG, 0, 10).publications()).isEmpty();
		assertThat(append(draft(LOG, "other").with(new IdempotencyKey("k"))).duplicate()).isFalse();
	}

	@Test
	void aTopicThatKeepsNothingMoreGoesOnWhereItWas() {
		publish(LOG, 5);
		this.clock.advance(Duration.ofDays(2));
		sweep();
		Position before = this.engine.state(LOG).position();

		reopen();

		assertThat(this.engine.state(LOG).count()).isZero();
		assertThat(this.engine.state(LOG).keepsAllAfter(before)).isTrue();
		assertThat(publish(LOG, "next").position()).isEqualTo(new Position(before.epoch(), 6));
	}

	@Test
	void aTopicOnDiskIsForgottenAfterItsExpiry() {
		publish(LOG, 5);
		Position before = this.engine.state(LOG).position();
		this.clock.advance(Duration.ofDays(31));
		sweep();
		sweep();

		assertThat(this.engine.topics("log", null, 10)).isEmpty();
		assertThat(this.engine.state(LOG).keepsAllAfter(before)).isFalse();
		reopen();
		assertThat(this.engine.topics("log", null, 10)).isEmpty();
		assertThat(publish(LOG, "again").position().epoch()).isNotEqualTo(before.epoch());
	}

	@Test
	void oneTopicTooManyIsRefusedWithItsWholeBatch() {
		this.settings = this.settings.maxTopics(3);
		reopen();
		publish(LOG, 1);
		publish(OTHER, 1);

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.engine.append(
					List.of(draft(LOG, "a"), draft(new TopicName("log.c"), "b"), draft(new TopicName("log.d"), "c"))))
			.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.TOO_MANY_TOPICS));

		assertThat(this.engine.state(LOG).position().offset()).isEqualTo(1);
		assertThat(publish(LOG, "next").position().offset()).isEqualTo(2);
	}

	@Test
	void oneKeyTooManyIsRefused() {
		this.settings = this.settings.maxKeys(2);
		reopen();
		IntStream.range(0, 2).forEach((each) -> append(draft(LOG, "x").with(new IdempotencyKey("k" + each))));

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> append(draft(LOG, "x").with(new IdempotencyKey("k2"))))
			.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.TOO_MANY_IDEMPOTENCY_KEYS));

		assertThat(append(draft(LOG, "x").with(new IdempotencyKey("k1"))).duplicate()).isTrue();
		assertThat(publish(LOG, "without a key").position().offset()).isEqualTo(3);
		this.clock.advance(Duration.ofMinutes(11));
		assertThat(append(draft(LOG, "x").with(new IdempotencyKey("k2"))).duplicate()).isFalse();
	}

	@Test
	void durableSubscriptionsAreThereAfterARestart() {
		Cursor kept = new Cursor(new CursorName("client:ä", "b c"), LOG, new Position("0badc0de", 3), List.of(5L, 9L),
				8);
		Cursor forgotten = new Cursor(new CursorName("client:x", "y"), LOG, new Position("0badc0de", 3), List.of(), 8);
		this.engine.save(kept).join();
		this.engine.save(forgotten).join();
		this.engine.forget(forgotten.name()).join();

		reopen();

		assertThat(this.engine.cursors(null, 10)).containsExactly(kept);
	}

	@Test
	void twoCannotHaveOneFolder() {
		assertThatExceptionOfType(DataFolderUnusable.class)
			.isThrownBy(() -> new EmbeddedEngine(this.settings.properties(), rules(), this.clock))
			.withMessageContaining(this.folder.toString())
			.withMessageContaining("in use by another process")
			.satisfies((unusable) -> assertThat(unusable.help()).contains("fanfare.engine.embedded.path"));
	}

	@Test
	void aFolderThatIsAFileIsNamed() throws Exception {
		Path file = Files.writeString(this.folder.resolve("file"), "not a folder");

		assertThatExceptionOfType(DataFolderUnusable.class)
			.isThrownBy(() -> new EmbeddedEngine(Embedded.in(file).properties(), rules(), this.clock))
			.withMessageContaining(file.toString());
	}

	@Test
	void anEndOfTheLogThatWasCutOffCostsNothingBeforeIt() throws Exception {
		publish(LOG, 100);
		Position before = this.engine.state(LOG).position();
		this.embedded.close();
		byte[] log = Files.readAllBytes(writeAheadLog());
		Files.write(writeAheadLog(), Arrays.copyOf(log, log.length - 10));

		this.engine = open();

		assertThat(this.engine.state(LOG).position()).isEqualTo(new Position(before.epoch(), 99));
		assertThat(this.engine.read(LOG, 0, 1000).publications()).hasSize(99);
	}

	@Test
	void aLogThatIsDamagedBeforeItsEndIsUsedUpToThereInNewEpochs() throws Exception {
		publish(LOG, 100);
		Position before = this.engine.state(LOG).position();
		Position unborn = this.engine.state(OTHER).position();
		this.embedded.close();
		damage(writeAheadLog(), 0.5);

		this.engine = open();

		TopicState after = this.engine.state(LOG);
		assertThat(after.position().offset()).isBetween(30L, 70L);
		assertThat(texts(this.engine.read(LOG, 0, 1000).publications())).containsExactlyElementsOf(
				LongStream.range(0, after.position().offset()).mapToObj("text %d"::formatted).toList());
		assertThat(after.position().epoch()).isNotEqualTo(before.epoch());
		assertThat(this.engine.state(OTHER).position().epoch()).isNotEqualTo(unborn.epoch());
		reopen();
		assertThat(this.engine.state(LOG)).isEqualTo(after);
	}

	@Test
	void aFileThatIsDamagedIsSaidAndNeverReadAsSomethingElse() throws Exception {
		IntStream.range(0, 2000).forEach((each) -> publish(LOG, each + ":" + "x".repeat(each % 500)));
		reopen();
		this.embedded.close();
		try (Stream<Path> files = Files.list(this.folder.resolve("log"))) {
			files.filter((file) -> file.toString().endsWith(".sst")).forEach((file) -> damage(file, 0.2));
		}

		try {
			this.engine = open();
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> {
				for (long offset = 0; offset < 2000; offset++) {
					String text = text(this.engine.read(LOG, offset, 1).publications().getFirst());
					assertThat(text).isEqualTo(offset + ":" + "x".repeat((int) (offset % 500)));
				}
			})
				.withMessageContaining("cannot be used at the moment")
				.withMessageNotContaining(this.folder.toString())
				.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.STORAGE_FAILED));
		}
		catch (DataFolderUnusable unusable) {
			assertThat(unusable).hasMessageContaining("is damaged").hasMessageContaining(this.folder.toString());
		}
	}

	private Path writeAheadLog() throws IOException {
		try (Stream<Path> files = Files.list(this.folder.resolve("log"))) {
			return files.filter((file) -> file.toString().endsWith(".log"))
				.max(Comparator.naturalOrder())
				.orElseThrow();
		}
	}

	/** Turn a bit in a file, so far into it. */
	private static void damage(Path file, double part) {
		try {
			byte[] bytes = Files.readAllBytes(file);
			bytes[(int) (bytes.length * part)] ^= 4;
			Files.write(file, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final TopicName SHORT_TOPIC = new TopicName("short.a");

}
