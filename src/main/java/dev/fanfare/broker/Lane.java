package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serve a share of the connections with one thread.
 * <p>
 * The lane takes all that waits in its mailbox, groups the publications by topic, hands
 * each topic's train to the topic's subscriptions and flushes each connection once: <pre>
 *   mailbox  a1 b1 a2 +s a3   (+s: a subscription to a)
 *   drains   [a: a1 a2] [b: b1] flush | +s | [a: a3] flush
 * </pre> At low load a drain is one publication and adds no delay; under load drains grow
 * by themselves. Within a topic the order is kept; between topics it may change.
 * <p>
 * Subscriptions belong to the lane's thread, so delivering takes no lock. The mailbox is
 * bounded by the {@link Intake} for publications, and for the rest by the connections,
 * each of which adds a handful at a time.
 */
final class Lane {

	private static final Logger logger = LoggerFactory.getLogger(Lane.class);

	private final String name;

	private final Intake intake;

	/**
	 * Guards {@link #mailbox} and {@link #stopped}; taken last, and held for a few
	 * instructions.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private List<Entry> mailbox = new ArrayList<>();

	private boolean stopped = true;

	private final Map<TopicName, List<Subscription>> subscriptions = new HashMap<>();

	Lane(int number, Intake intake) {
		this.name = "lane-" + number;
		this.intake = intake;
	}

	void start() {
		this.stopped = false;
		Thread.ofPlatform().name(this.name).start(this::run);
	}

	/** Stop when all that waits is handed on. */
	void stop() {
		this.lock.lock();
		try {
			this.stopped = true;
			this.arrived.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Queue publications that were accepted together; none is delivered without the
	 * others.
	 */
	void announce(List<Publication> publications, int weight) {
		this.intake.charge(weight);
		if (!put(new Announced(publications, weight))) {
			this.intake.discharge(weight);
		}
	}

	/** Complete when all that waits now is handed to its connections. */
	CompletableFuture<Void> settle() {
		return change(() -> {
		});
	}

	/** Deliver what is announced from now on; complete when the lane has it. */
	CompletableFuture<Void> add(Subscription subscription) {
		return change(() -> {
			List<Subscription> peers = this.subscriptions.computeIfAbsent(subscription.topic(),
					(topic) -> new ArrayList<>());
			subscription.place = peers.size();
			peers.add(subscription);
		});
	}

	/** Deliver no more; complete when the last delivery is handed over. */
	CompletableFuture<Void> remove(Subscription subscription) {
		return change(() -> {
			List<Subscription> peers = this.subscriptions.get(subscription.topic());
			if (peers == null || subscription.place < 0) {
				return;
			}
			Subscription last = peers.removeLast();
			if (last != subscription) {
				last.place = subscription.place;
				peers.set(last.place, last);
			}
			subscription.place = -1;
			if (peers.isEmpty()) {
				this.subscriptions.remove(subscription.topic());
			}
		});
	}

	/**
	 * Do something between two drains; complete when it is done, or when the lane has
	 * stopped.
	 */
	CompletableFuture<Void> change(Runnable change) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		if (!put(new Changed(change, done))) {
			done.complete(null);
		}
		return done;
	}

	private boolean put(Entry entry) {
		this.lock.lock();
		try {
			if (this.stopped) {
				return false;
			}
			this.mailbox.add(entry);
			this.arrived.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		List<Entry> entries = take();
		while (!entries.isEmpty()) {
			serve(entries);
			entries = take();
		}
	}

	/** Wait for entries; none means that the lane has stopped. */
	private List<Entry> take() {
		this.lock.lock();
		try {
			while (this.mailbox.isEmpty() && !this.stopped) {
				this.arrived.awaitUninterruptibly();
			}
			List<Entry> taken = this.mailbox;
			this.mailbox = new ArrayList<>();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void serve(List<Entry> entries) {
		Map<TopicName, List<Publication>> waiting = new LinkedHashMap<>();
		int weight = 0;
		for (Entry entry : entries) {
			switch (entry) {
				case Announced announced -> {
					for (Publication publication : announced.publications()) {
						waiting.computeIfAbsent(publication.topic(), (topic) -> new ArrayList<>()).add(publication);
					}
					weight += announced.weight();
				}
				case Changed changed -> {
					drain(waiting, weight);
					waiting = new LinkedHashMap<>();
					weight = 0;
					changed.change().run();
					changed.done().complete(null);
				}
			}
		}
		drain(waiting, weight);
	}

	private void drain(Map<TopicName, List<Publication>> waiting, int weight) {
		if (waiting.isEmpty()) {
			return;
		}
		Set<Connection> connections = new LinkedHashSet<>();
		waiting.forEach((topic, publications) -> deliver(new Train(topic, publications), connections));
		if (connections.isEmpty()) {
			this.intake.discharge(weight);
			return;
		}
		Drain drain = new Drain(connections.size(), () -> this.intake.discharge(weight));
		connections.forEach((connection) -> flush(connection, drain));
	}

	private void flush(Connection connection, Drain drain) {
		try {
			connection.flush(drain);
		}
		catch (RuntimeException ex) {
			logger.error("Could not flush a connection", ex);
			drain.run();
		}
	}

	private void deliver(Train train, Set<Connection> connections) {
		for (Subscription subscription : this.subscriptions.getOrDefault(train.topic(), List.of())) {
			try {
				if (subscription.deliver(train)) {
					connections.add(subscription.subscriber().connection());
				}
			}
			catch (RuntimeException ex) {
				// A fault in one subscriber; the lane and the others go on.
				logger.error("Could not deliver to a subscriber of '{}'", train.topic(), ex);
			}
		}
	}

	private sealed interface Entry {

	}

	private record Announced(List<Publication> publications, int weight) implements Entry {
	}

	private record Changed(Runnable change, CompletableFuture<Void> done) implements Entry {
	}

}
