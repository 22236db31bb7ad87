package dev.fanfare.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.fanfare.broker.Cursor;
import dev.fanfare.broker.CursorName;
import dev.fanfare.broker.Engine;
import dev.fanfare.broker.Page;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.TopicState;
import dev.fanfare.testing.ManualClock;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every engine promises: one is right when it passes. */
public abstract class EngineContract {

	private static final Duration WINDOW = Duration.ofMinutes(10);

	/**
	 * Topics to try it with; those under {@code log} may be of the kind that subclasses
	 * choose.
	 */
	protected static final TopicName LOG = new TopicName("log.a");

	protected static final TopicName OTHER = new TopicName("log.b");

	private static final TopicName SHORT = new TopicName("short.a");

	private static final TopicName NOTHING = new TopicName("nothing.a");

	private static final TopicName PASSING = new TopicName("passing.a");

	protected final ManualClock clock = new ManualClock();

	protected final List<Publication> announced = new CopyOnWriteArrayList<>();

	private final List<List<Publication>> announcements = new CopyOnWriteArrayList<>();

	protected Engine engine;

	/** Begin with nothing stored. */
	protected abstract Engine create(TopicRules rules);

	/** Have the engine do at once what it does from time to time. */
	protected abstract void sweep();

	/** Say what the topics under {@code log} and {@code short} outlive. */
	protected abstract Durability durability();

	@BeforeEach
	void start() {
		this.engine = create(rules());
		this.engine.start(this::announce);
	}

	protected void announce(List<Publication> together) {
		this.announcements.add(together);
		this.announced.addAll(together);
	}

	protected TopicRules rules() {
		return new TopicRules(List.of(rule("short.**", durability(), new Retention(10, 10_000, Duration.ofHours(1))),
				rule("nothing.**", Durability.NONE, Retention.NOTHING),
				rule("passing.**", Durability.MEMORY, new Retention(1000, 1_000_000, Duration.ofDays(1))),
				rule("**", durability(), new Retention(100_000, 100_000_000, Duration.ofDays(1)))));
	}

	private static TopicRule rule(String pattern, Durability durability, Retention retention) {
		return new TopicRule(new TopicPattern(pattern), durability, retention, 65536, WINDOW);
	}

	@Test
	void offsetsCountFromOneWithoutHoles() {
		publish(LOG, 3);
		publish(OTHER, 2);
		publish(LOG, 2);

		assertThat(this.announced).filteredOn((each) -> each.topic().equals(LOG))
			.extracting((each) -> each.position().offset())
			.containsExactly(1L, 2L, 3L, 4L, 5L);
		assertThat(this.engine.state(LOG).position().offset()).isEqualTo(5);
		assertThat(this.engine.state(OTHER).position().offset()).isEqualTo(2);
	}

	@Test
	void aTopicHasItsPositionBeforeItsFirstPublication() {
		Position before = this.engine.state(LOG).position();

		Stored first = publish(LOG, "one");

		assertThat(before.offset()).isZero();
		assertThat(first.position()).isEqualTo(new Position(before.epoch(), 1));
		assertThat(this.engine.state(LOG).keepsAllAfter(before)).isTrue();
	}

	@Test
	void whatIsReadIsWhatWasPublished() {
		byte[] anyBytes = new byte[256];
		IntStream.range(0, 256).forEach((each) -> anyBytes[each] = (byte) each);
		Draft draft = new Draft(LOG, Map.of("content-type", "image/png", "x-Größe", "a:b\n\\"), anyBytes);
		this.clock.set(Instant.parse("2026-08-01T10:00:00Z"));

		this.engine.append(List.of(draft));

		Publication read = this.engine.read(LOG, 0, 10).publications().getFirst();
		assertThat(read.draft().headers()).isEqualTo(draft.headers());
		assertThat(read.body()).isEqualTo(anyBytes);
		assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-08-01T10:00:00Z").toEpochMilli());
		assertThat(read.position()).isEqualTo(this.announced.getFirst().position());
	}

	@Test
	void aHistoryIsReadPageByPage() {
		publish(LOG, 250);

		List<Long> offsets = new ArrayList<>();
		List<Publication> page = this.engine.read(LOG, 0, 100).publications();
		while (!page.isEmpty()) {
			assertThat(page).hasSizeLessThanOrEqualTo(100);
			page.forEach((each) -> offsets.add(each.position().offset()));
			page = this.engine.read(LOG, offsets.getLast(), 100).publications();
		}

		assertThat(offsets).containsExactlyElementsOf(upTo(250));
	}

	@Test
	void aPageHoldsNoMoreBytesThanIsSensible() {
		String large = "x".repeat(60_000);
		IntStream.range(0, 40).forEach((each) -> publish(LOG, large));

		Page page = this.engine.read(LOG, 0, 1000);

		assertThat(page.publications()).isNotEmpty().hasSizeLessThan(40);
	}

	@Test
	void onlyTheNewestAreKept() {
		publish(SHORT, 500);
		sweep();

		TopicState state = this.engine.state(SHORT);
		assertThat(state.count()).isEqualTo(10);
		assertThat(state.oldest()).isEqualTo(491);
		assertThat(this.engine.read(SHORT, 0, 1000).publications()).extracting((each) -> each.position().offset())
			.containsExactlyElementsOf(LongStream.rangeClosed(491, 500).boxed().toList());
		assertThat(state.keepsAllAfter(new Position(state.position().epoch(), 490))).isTrue();
		assertThat(state.keepsAllAfter(new Position(state.position().epoch(), 489))).isFalse();
		assertThat(state.keepsAllAfter(new Position(state.position().epoch(), 501))).isFalse();
		assertThat(state.keepsAllAfter(new Position("other", 495))).isFalse();
	}

	@Test
	void bytesAreBoundedToo() {
		String body = "x".repeat(3000);
		IntStream.range(0, 50).forEach((each) -> publish(SHORT, body));
		sweep();

		assertThat(this.engine.state(SHORT).bytes()).isLessThanOrEqualTo(10_000);
		assertThat(this.engine.read(SHORT, 0, 1000).publications()).hasSize(3);
	}

	@Test
	void whatIsTooOldGoes() {
		publish(SHORT, 5);
		this.clock.advance(Duration.ofMinutes(40));
		publish(SHORT, 3);
		this.clock.advance(Duration.ofMinutes(40));
		sweep();

		assertThat(this.engine.read(SHORT, 0, 1000).publications()).extracting((each) -> each.position().offset())
			.containsExactly(6L, 7L, 8L);

		this.clock.advance(Duration.ofHours(2));
		sweep();

		assertThat(this.engine.read(SHORT, 0, 1000).publications()).isEmpty();
		assertThat(publish(SHORT, "next").position().offset()).isEqualTo(9);
	}

	@Test
	void aTimeIsFoundInTheHistory() {
		for (int minute = 0; minute < 60; minute++) {
			publish(LOG, 10);
			this.clock.advance(Duration.ofMinutes(1));
		}
		Instant begin = this.clock.instant().minus(Duration.ofMinutes(60));

		assertThat(this.engine.offsetBefore(LOG, begin)).isZero();
		assertThat(this.engine.offsetBefore(LOG, begin.plus(Duration.ofMinutes(30)))).isEqualTo(300);
		assertThat(this.engine.offsetBefore(LOG, begin.plus(Duration.ofDays(1)))).isEqualTo(600);
		assertThat(this.engine.offsetBefore(OTHER, begin)).isZero();
	}

	@Test
	void aTopicThatKeepsNothingStillCounts() {
		publish(NOTHING, 3);

		assertThat(this.engine.state(NOTHING).position().offset()).isEqualTo(3);
		assertThat(this.engine.state(NOTHING).count()).isZero();
		assertThat(this.engine.read(NOTHING, 0, 10).publications()).isEmpty();
		assertThat(this.announced).hasSize(3);
	}

	@Test
	void aBatchOverTopicsOfEveryKindIsAnnouncedInItsOrder() {
		List<Stored> stored = this.engine.append(
				List.of(draft(LOG, "1"), draft(PASSING, "2"), draft(NOTHING, "3"), draft(LOG, "4"), draft(OTHER, "5")));

		assertThat(stored).extracting((each) -> each.position().offset()).containsExactly(1L, 1L, 1L, 2L, 1L);
		assertThat(this.announcements).as("announced together").hasSize(1);
		assertThat(this.announced).extracting(EngineContract::text).containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void theSameKeyIsStoredOnceWithinTheWindow() {
		Draft draft = draft(LOG, "once").with(new IdempotencyKey("k"));

		Stored first = append(draft);
		Stored second = append(draft);

		assertThat(first.duplicate()).isFalse();
		assertThat(second).isEqualTo(new Stored(first.position(), true));
		assertThat(this.announced).hasSize(1);
		assertThat(append(draft(OTHER, "once").with(new IdempotencyKey("k"))).duplicate()).isFalse();

		this.clock.advance(WINDOW.plusSeconds(1));

		assertThat(append(draft).duplicate()).isFalse();
	}

	@Test
	void aKeyOfAnotherBodyIsRefusedAndNothingOfItsBatchIsStored() {
		append(draft(LOG, "one").with(new IdempotencyKey("k")));

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.engine.append(List.of(draft(OTHER, "a").with(new IdempotencyKey("new")),
					draft(PASSING, "b"), draft(LOG, "two").with(new IdempotencyKey("k")))))
			.satisfies((refusal) -> assertThat(refusal.type()).isEqualTo(ErrorType.IDEMPOTENCY_CONFLICT))
			.withMessageContaining("'k'");

		assertThat(this.announced).hasSize(1);
		assertThat(this.engine.state(OTHER).position().offset()).isZero();
		assertThat(this.engine.state(PASSING).position().offset()).isZero();
		assertThat(append(draft(OTHER, "a").with(new IdempotencyKey("new"))).duplicate()).isFalse();
		assertThat(publish(LOG, "three").position().offset()).isEqualTo(2);
	}

	@Test
	void aKeyTwiceInABatchIsStoredOnce() {
		Draft draft = draft(LOG, "once").with(new IdempotencyKey("k"));

		List<Stored> stored = this.engine.append(List.of(draft, draft));

		assertThat(stored).extracting(Stored::duplicate).containsExactly(false, true);
		assertThat(stored).extracting(Stored::position).containsOnly(stored.getFirst().position());
		assertThat(this.announced).hasSize(1);
	}

	@Test
	void aTopicThatIsResetBeginsANewEpoch() {
		publish(LOG, 5);
		append(draft(LOG, "keyed").with(new IdempotencyKey("k")));
		Position before = this.engine.state(LOG).position();

		Position after = this.engine.reset(LOG).position();

		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(after.offset()).isZero();
		assertThat(this.engine.state(LOG).keepsAllAfter(before)).isFalse();
		assertThat(this.engine.read(LOG, 0, 10).publications()).isEmpty();
		assertThat(append(draft(LOG, "other").with(new IdempotencyKey("k"))))
			.isEqualTo(new Stored(new Position(after.epoch(), 1), false));
	}

	@Test
	void topicsAreListedByNamePageByPage() {
		for (String name : List.of("a", "b.1", "b.2", "b.3", "c")) {
			publish(new TopicName(name), 1);
		}

		assertThat(this.engine.topics("", null, 3)).extracting((each) -> each.topic().value())
			.containsExactly("a", "b.1", "b.2");
		assertThat(this.engine.topics("b.", new TopicName("b.1"), 10)).extracting((each) -> each.topic().value())
			.containsExactly("b.2", "b.3");
	}

	@Test
	void theLatestPlaceOfADurableSubscriptionIsKept() {
		CursorName name = new CursorName("client:a", "b");
		publish(LOG, 5);
		Position head = this.engine.state(LOG).position();
		this.engine.save(new Cursor(name, LOG, new Position(head.epoch(), 1), List.of(3L, 5L), 7)).join();
		Cursor latest = new Cursor(name, LOG, new Position(head.epoch(), 3), List.of(5L), 8);

		this.engine.save(latest).join();

		assertThat(this.engine.cursor(name)).contains(latest);
		assertThat(this.engine.cursorCount()).isEqualTo(1);
		this.engine.forget(name).join();
		assertThat(this.engine.cursor(name)).isEmpty();
		assertThat(this.engine.cursorCount()).isZero();
	}

	@Test
	void durableSubscriptionsAreListedByOwnerAndName() {
		for (String name : List.of("b/2", "a/1", "b/1", "c/1")) {
			String[] parts = name.split("/");
			this.engine.save(new Cursor(new CursorName(parts[0], parts[1]), LOG, new Position("e", 0), List.of(), 0))
				.join();
		}

		assertThat(this.engine.cursors(null, 2)).extracting((each) -> each.name().toString())
			.containsExactly("a/1", "b/1");
		assertThat(this.engine.cursors(new CursorName("b", "1"), 10)).extracting((each) -> each.name().toString())
			.containsExactly("b/2", "c/1");
	}

	@Test
	void whatManyPublishAtOnceIsAnnouncedInTheOrderOfTheOffsets() {
		int publishers = 8;
		int each = 200;
		CompletableFuture<?>[] running = IntStream.range(0, publishers)
			.mapToObj((number) -> CompletableFuture.runAsync(
					() -> IntStream.range(0, each)
						.forEach((index) -> this.engine.append(List.of(draft(LOG, number + ":" + index),
								draft((number % 2 == 0) ? OTHER : PASSING, number + ":" + index)))),
					(task) -> Thread.ofVirtual().start(task)))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(running).join();

		for (TopicName topic : List.of(LOG, OTHER, PASSING)) {
			List<Publication> announcedOf = this.announced.stream().filter((one) -> one.topic().equals(topic)).toList();
			assertThat(announcedOf).extracting((one) -> one.position().offset())
				.containsExactlyElementsOf(upTo(announcedOf.size()));
		}
		assertThat(texts(this.engine.read(LOG, 0, 10_000).publications())).containsExactlyElementsOf(
				texts(this.announced.stream().filter((one) -> one.topic().equals(LOG)).toList()));
		assertThat(this.announced).hasSize(2 * publishers * each);
	}

	@Test
	void timeDoesNotGoBackWithinATopicThoughTheClockDoes() {
		publish(LOG, "one");
		Instant one = this.clock.instant();
		this.clock.set(one.minus(Duration.ofMinutes(5)));
		publish(LOG, "two");

		assertThat(this.engine.read(LOG, 0, 10).publications()).extracting(Publication::timestamp)
			.containsExactly(one.toEpochMilli(), one.toEpochMilli());
		assertThat(this.engine.state(LOG).timestamp()).isEqualTo(one.toEpochMilli());
	}

	@Test
	void nothingOfOthersIsBetweenThePublicationsOfABatch() {
		CompletableFuture<?>[] running = IntStream.range(0, 6)
			.mapToObj((number) -> CompletableFuture.runAsync(() -> IntStream.range(0, 50)
				.forEach((index) -> this.engine.append(List.of(draft(LOG, number + ":" + index),
						draft(OTHER, "between"), draft(LOG, number + ":" + index), draft(LOG, number + ":" + index)))),
					(task) -> Thread.ofVirtual().start(task)))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(running).join();

		List<String> texts = texts(this.engine.read(LOG, 0, 10_000).publications());
		assertThat(texts).hasSize(900);
		for (int first = 0; first < texts.size(); first += 3) {
			assertThat(texts.subList(first, first + 3)).containsOnly(texts.get(first));
		}
	}

	@Test
	void whoReadsOnWhileItIsPublishedAndTrimmedSeesNoHoleWithinWhatIsKept() {
		CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(SHORT, 2000),
				(task) -> Thread.ofVirtual().start(task));

		long after = 0;
		while (!publishing.isDone() || after < 2000) {
			Page page = this.engine.read(SHORT, after, 7);
			List<Long> offsets = page.publications().stream().map((each) -> each.position().offset()).toList();
			if (!offsets.isEmpty()) {
				long first = Math.max(after + 1, page.state().oldest());
				assertThat(offsets)
					.containsExactlyElementsOf(LongStream.range(first, first + offsets.size()).boxed().toList());
				after = offsets.getLast();
			}
		}
		publishing.join();
		assertThat(this.engine.read(SHORT, 2000, 7).publications()).isEmpty();
		assertThat(this.engine.read(SHORT, 5000, 7).publications()).isEmpty();
	}

	protected Stored publish(TopicName topic, String text) {
		return append(draft(topic, text));
	}

	protected void publish(TopicName topic, int count) {
		IntStream.range(0, count).forEach((number) -> publish(topic, "text " + number));
	}

	protected Stored append(Draft draft) {
		return this.engine.append(List.of(draft)).getFirst();
	}

	protected static Draft draft(TopicName topic, String text) {
		return Draft.ofText(topic, text);
	}

	protected static List<String> texts(List<Publication> publications) {
		return publications.stream().map(EngineContract::text).toList();
	}

	protected static String text(Publication publication) {
		return new String(publication.body(), StandardCharsets.UTF_8);
	}

	protected static List<Long> upTo(long last) {
		return LongStream.rangeClosed(1, last).boxed().toList();
	}

}
