package dev.fanfare.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Hand publications to the lanes that have subscriptions of their topic.
 * <p>
 * How many subscriptions of a topic each lane has is counted here before a lane registers
 * one and after it forgot one, so a lane is never passed over. Bounded by the topics that
 * somebody is subscribed to.
 */
final class Fanout implements Consumer<List<Publication>> {

	private final Intake intake;

	private final Traces traces;

	private final List<Lane> lanes;

	/** Readers of a topic by lane; the arrays are never changed. */
	private final Map<TopicName, int[]> readers = new ConcurrentHashMap<>();

	/** All of them. */
	private final LongAdder subscriptions = new LongAdder();

	private volatile LongConsumer sent = (timestamp) -> {
	};

	Fanout(int lanes, Intake intake) {
		this(lanes, intake, new Traces(null));
	}

	Fanout(int lanes, Intake intake, Traces traces) {
		this.intake = intake;
		this.traces = traces;
		this.lanes = IntStream.range(0, lanes)
			.mapToObj((number) -> new Lane(number, intake, (timestamp) -> this.sent.accept(timestamp)))
			.toList();
	}

	/**
	 * Have somebody told of one publication of each round, when it was sent.
	 * @param sent given the time at which its topic accepted it, on any thread; does not
	 * wait
	 */
	void whenSent(LongConsumer sent) {
		this.sent = sent;
	}

	List<Lane> lanes() {
		return this.lanes;
	}

	/** Return how many subscriptions this node has. */
	long subscriptions() {
		return this.subscriptions.sum();
	}

	/** Return how many topics this node has subscriptions of. */
	int subscribedTopics() {
		return this.readers.size();
	}

	void start() {
		this.lanes.forEach(Lane::start);
	}

	void stop() {
		this.lanes.forEach(Lane::stop);
	}

	/**
	 * Wait until what was announced before is handed to its connections.
	 * @return whether that was reached in time
	 */
	boolean settle(Duration patience) {
		CompletableFuture<?>[] lanes = this.lanes.stream().map(Lane::settle).toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(lanes).get(patience.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

	/**
	 * Announce publications that were accepted together to this node's subscriptions,
	 * without blocking. Each lane takes its part of them in one step.
	 */
	@Override
	public void accept(List<Publication> publications) {
		Map<Publication, FanoutTrace> traced = this.traces.begin(publications);
		for (int lane = 0; lane < this.lanes.size(); lane++) {
			announce(publications, traced, lane);
		}
		traced.values().forEach(FanoutTrace::sent);
	}

	private void announce(List<Publication> publications, Map<Publication, FanoutTrace> traced, int lane) {
		List<Announcement> wanted = new ArrayList<>(publications.size());
		int weight = 0;
		for (Publication publication : publications) {
			int[] counts = this.readers.get(publication.topic());
			if (counts != null && counts[lane] > 0) {
				// All together they weigh the whole of the limit at most.
				int heavier = this.intake.sum(weight, this.intake.weight(publication.draft(), counts[lane]));
				FanoutTrace trace = traced.isEmpty() ? null : traced.get(publication);
				wanted.add(new Announcement(publication, heavier - weight, trace).begun());
				weight = heavier;
			}
		}
		if (!wanted.isEmpty()) {
			this.lanes.get(lane).announce(wanted, weight);
		}
	}

	CompletableFuture<Void> add(Subscription subscription) {
		int lane = laneOf(subscription);
		count(subscription.topic(), lane, 1);
		return this.lanes.get(lane).add(subscription);
	}

	CompletableFuture<Void> remove(Subscription subscription) {
		if (!subscription.end()) {
			return CompletableFuture.completedFuture(null);
		}
		int lane = laneOf(subscription);
		return this.lanes.get(lane).remove(subscription).thenRun(() -> count(subscription.topic(), lane, -1));
	}

	/**
	 * Do something on the lane of a subscription; nothing is done when that has stopped.
	 */
	CompletableFuture<Void> change(Subscription subscription, Runnable change) {
		return this.lanes.get(laneOf(subscription)).change(change);
	}

	/** Return how many subscriptions this node has of the topic. */
	int readers(TopicName topic) {
		int[] counts = this.readers.get(topic);
		if (counts == null) {
			return 0;
		}
		int sum = 0;
		for (int count : counts) {
			sum += count;
		}
		return sum;
	}

	// By identity: nothing to keep, and a connection never changes lane.
	private int laneOf(Subscription subscription) {
		int hash = System.identityHashCode(subscription.subscriber().connection());
		return (hash & Integer.MAX_VALUE) % this.lanes.size();
	}

	private void count(TopicName topic, int lane, int change) {
		this.subscriptions.add(change);
		this.readers.compute(topic, (same, counts) -> counted(counts, lane, change));
	}

	private int @Nullable [] counted(int @Nullable [] counts, int lane, int change) {
		int[] changed = (counts != null) ? counts.clone() : new int[this.lanes.size()];
		changed[lane] += change;
		return IntStream.of(changed).anyMatch((count) -> count > 0) ? changed : null;
	}

}
