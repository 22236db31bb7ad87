package dev.fanfare.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import dev.fanfare.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class LaneTests {

	private static final TopicName HOT = new TopicName("hot");

	private static final TopicName QUIET = new TopicName("quiet");

	/** When all publications were accepted. */
	private static final long ACCEPTED = 1785578400000L;

	private final Intake intake = new Intake(DataSize.ofMegabytes(16));

	private final Fanout fanout = new Fanout(1, this.intake);

	private final List<TopicName> delivered = new ArrayList<>();

	private long offset;

	@BeforeEach
	void start() {
		this.fanout.start();
	}

	@AfterEach
	void stop() {
		this.fanout.stop();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void everybodyIsServedOnceAndInOrderWhoeverComesAndGoesMeanwhile(long seed) {
		Random random = new Random(seed);
		List<Reader> readers = new ArrayList<>();
		List<Reader> gone = new ArrayList<>();

		for (int step = 0; step < 2000; step++) {
			switch (random.nextInt(4)) {
				case 0 -> readers.add(subscribe(HOT));
				case 1 -> {
					if (!readers.isEmpty()) {
						Reader leaving = readers.remove(random.nextInt(readers.size()));
						leaving.subscription.cancel();
						gone.add(leaving);
					}
				}
				default -> IntStream.range(0, random.nextInt(20)).forEach((each) -> publish(HOT));
			}
		}

		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();
		assertThat(readers).isNotEmpty()
			.allSatisfy((reader) -> assertThat(reader.offsets).isEqualTo(upTo(this.offset, reader)));
		assertThat(gone).isNotEmpty()
			.allSatisfy((reader) -> assertThat(reader.offsets)
				.isEqualTo(upTo(reader.offsets.isEmpty() ? reader.start : reader.offsets.getLast(), reader)));
	}

	@Test
	void aTopicWithManyReadersHoldsTheOthersUpForARoundAtMost() {
		CountDownLatch busy = new CountDownLatch(1);
		IntStream.range(0, 1000).forEach((each) -> subscribe(HOT));
		subscribe(QUIET);
		IntStream.range(0, 300).forEach((each) -> publish(HOT));
		this.fanout.settle(Duration.ofSeconds(30));
		this.delivered.clear();

		CompletableFuture<Void> meanwhile = this.fanout.change(subscribe(QUIET).subscription, () -> await(busy));
		IntStream.range(0, 300).forEach((each) -> publish(HOT));
		publish(QUIET);
		busy.countDown();

		meanwhile.join();
		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();
		assertThat(this.delivered.indexOf(QUIET)).isBetween(0, 128);
		assertThat(this.delivered).filteredOn(HOT::equals).hasSizeGreaterThanOrEqualTo(2000);
	}

	@Test
	void whatWasTakenInIsGivenBackWhenItIsDelivered() {
		IntStream.range(0, 300).forEach((each) -> subscribe(HOT));
		IntStream.range(0, 1000).forEach((each) -> publish(HOT));
		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();

		try (Intake.Admission admission = this.intake.admit(Integer.MAX_VALUE, Duration.ofSeconds(10))) {
			assertThat(admission).isNotNull();
		}
	}

	@Test
	void aLaneCountsWhatItDoesAndTellsOfOnePublicationInEachRound() {
		List<Long> sent = new CopyOnWriteArrayList<>();
		this.fanout.whenSent(sent::add);
		IntStream.range(0, 3).forEach((each) -> subscribe(HOT));
		LaneWork work = this.fanout.lanes().getFirst().work();

		publish(HOT);
		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();
		publish(HOT);
		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();

		assertThat(work.deliveries().value()).isEqualTo(6);
		assertThat(work.flushes().value()).isEqualTo(6);
		assertThat(work.rounds().value()).isEqualTo(2);
		assertThat(sent).containsExactly(ACCEPTED, ACCEPTED);
	}

	@Test
	void aLaneIsStuckWhileSomethingHoldsItUp() {
		CountDownLatch busy = new CountDownLatch(1);
		Lane lane = this.fanout.lanes().getFirst();
		Subscription subscription = subscribe(HOT).subscription;
		assertThat(lane.isStuck(LaneHealth.PATIENCE)).isFalse();

		CompletableFuture<Void> holding = this.fanout.change(subscription, () -> await(busy));

		Waiting.until("it is noticed", () -> lane.isStuck(Duration.ofMillis(1)));
		assertThat(lane.isStuck(LaneHealth.PATIENCE)).isFalse();
		busy.countDown();
		holding.join();
		Waiting.until("it goes on", () -> !lane.isStuck(Duration.ZERO));
	}

	@Test
	void aLaneWhoseThreadHasDiedIsStuck() throws InterruptedException {
		Lane lane = this.fanout.lanes().getFirst();
		CompletableFuture<Thread> serving = new CompletableFuture<>();

		this.fanout.change(subscribe(HOT).subscription, () -> {
			serving.complete(Thread.currentThread());
			throw new AssertionError("A fault of the machine, to see what comes of it");
		});

		assertThat(serving.join().join(Duration.ofSeconds(30))).isTrue();
		assertThat(lane.isStuck(LaneHealth.PATIENCE)).isTrue();
	}

	@Test
	void aFaultBetweenTwoRoundsIsToldAndTheLaneLives() {
		Reader reader = subscribe(HOT);

		CompletableFuture<Void> change = this.fanout.change(reader.subscription, () -> {
			throw new IllegalStateException("A fault, to see what comes of it");
		});

		assertThat(change).failsWithin(Duration.ofSeconds(30));
		publish(HOT);
		assertThat(this.fanout.settle(Duration.ofSeconds(30))).isTrue();
		assertThat(reader.offsets).hasSize(1);
	}

	@Test
	void allReadersMayGoWhileATrainIsUnderWayThatWeighsNothing() {
		Lane lane = new Lane(1, this.intake, (sent) -> {
		});
		lane.start();
		CountDownLatch ready = new CountDownLatch(1);
		List<Subscription> leaving = new ArrayList<>();
		for (int reader = 0; reader < 300; reader++) {
			Subscription subscription = new Reader(HOT, 0).subscription;
			lane.add(subscription);
			leaving.add(subscription);
		}
		lane.change(() -> await(ready));
		Publication publication = new Publication(new Draft(HOT, Map.of(), new byte[0]), position(1), ACCEPTED);
		lane.announce(List.of(new Announcement(publication, 0, null)), 0);
		// They are told to go when the train's first round is over, and are gone after
		// its second.
		lane.change(() -> lane.change(() -> leaving.forEach(lane::remove)));
		ready.countDown();

		for (int time = 0; time < 3; time++) {
			assertThat(lane.settle()).succeedsWithin(Duration.ofSeconds(30));
		}
		lane.stop();
	}

	private static List<Long> upTo(long last, Reader reader) {
		return LongStream.rangeClosed(reader.start + 1, last).boxed().toList();
	}

	private void publish(TopicName topic) {
		Draft draft = new Draft(topic, Map.of(), new byte[] { 1 });
		this.fanout.accept(List.of(new Publication(draft, position(++this.offset), ACCEPTED)));
	}

	private Reader subscribe(TopicName topic) {
		Reader reader = new Reader(topic, this.offset);
		this.fanout.add(reader.subscription).join();
		TopicState state = new TopicState(topic, position(this.offset), this.offset + 1, 0, 0);
		assertThat(reader.subscription.goLive(position(this.offset), state).join())
			.isEqualTo(Subscription.Handover.LIVE);
		return reader;
	}

	private static Position position(long offset) {
		return new Position("epoch", offset);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Keep what it is given; the lane writes, and the test reads when that is done. */
	private final class Reader implements Subscriber, Connection {

		private final TopicName topic;

		private final long start;

		private final Subscription subscription;

		private final List<Long> offsets = new ArrayList<>();

		private boolean queued;

		private Reader(TopicName topic, long start) {
			this.topic = topic;
			this.start = start;
			this.subscription = new Subscription(topic, this, LaneTests.this.fanout, new CatchUps(null, null));
		}

		@Override
		public Connection connection() {
			return this;
		}

		@Override
		public boolean deliver(Train train) {
			train.publications().forEach((publication) -> this.offsets.add(publication.position().offset()));
			LaneTests.this.delivered.add(this.topic);
			boolean first = !this.queued;
			this.queued = true;
			return first;
		}

		@Override
		public void flush(Runnable sent) {
			this.queued = false;
			sent.run();
		}

		@Override
		public void replay(Train train) {
			throw new IllegalStateException("Nothing was missed");
		}

		@Override
		public boolean awaitRoom() {
			return true;
		}

		@Override
		public void fail(Refusal why) {
			throw why;
		}

	}

}
