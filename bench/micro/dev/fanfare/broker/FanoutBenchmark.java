package dev.fanfare.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.unit.DataSize;

/**
 * Measure what it takes to hand publications to the connections of a topic, without what
 * these do with them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanoutBenchmark {

	private static final TopicName TOPIC = new TopicName("scores");

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** Subscriptions of the topic. */
	@Param({ "1", "1000", "10000" })
	public int readers;

	/** Publications that are announced together. */
	@Param({ "1", "32" })
	public int together;

	/** Threads that serve them, a core each if there are as many. */
	@Param({ "1", "2" })
	public int lanes;

	private Fanout fanout;

	private final Draft draft = Draft.ofText(TOPIC, "x".repeat(128));

	private long offset;

	@Setup
	public void prepare() {
		this.fanout = new Fanout(this.lanes, new Intake(DataSize.ofMegabytes(16)));
		this.fanout.start();
		for (int reader = 0; reader < this.readers; reader++) {
			Subscription subscription = new Subscription(TOPIC, new Reader(), this.fanout, new CatchUps(null, null));
			this.fanout.add(subscription).join();
			subscription.goLive(position(0), new TopicState(TOPIC, position(0), 1, 0, 0)).join();
		}
	}

	@TearDown
	public void stop() {
		this.fanout.stop();
	}

	/** Announce and wait until all connections are flushed. */
	@Benchmark
	public boolean announceAndSettle() {
		List<Publication> publications = new ArrayList<>(this.together);
		for (int publication = 0; publication < this.together; publication++) {
			publications.add(new Publication(this.draft, position(++this.offset), 0));
		}
		this.fanout.accept(publications);
		return this.fanout.settle(PATIENCE);
	}

	private static Position position(long offset) {
		return new Position("epoch", offset);
	}

	/** Take publications and have them sent at once. */
	private static final class Reader implements Subscriber, Connection {

		private boolean queued;

		private long taken;

		@Override
		public Connection connection() {
			return this;
		}

		@Override
		public boolean deliver(Train train) {
			this.taken += train.publications().size();
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
