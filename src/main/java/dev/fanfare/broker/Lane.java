package dev.fanfare.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serve a share of the connections with one thread.
 * <p>
 * The lane works in rounds. It empties its mailbox, then lets the {@link Audience} of
 * each topic that has something to deliver serve a part of its subscriptions in turn, and
 * flushes each connection once: <pre>
 *   mailbox   a1 b1 a2 +s a3         (+s: a subscription to a)
 *   round     [a: s0..s127  a1 a2 a3]                  flush
 *   round     [b: s0..s3    b1] [a: s128..s251  a1 a2 a3]  flush
 * </pre> At low load a round is one publication and adds no delay; under load what a
 * round delivers to each connection grows by itself. A round is a limited number of
 * subscriptions, so that a topic with many of them, or with much to deliver, holds others
 * up for no longer than that. Within a topic the order is kept; between topics it may
 * change.
 * <p>
 * Subscriptions belong to the lane's thread, so delivering takes no lock. The mailbox is
 * bounded by the {@link Intake} for publications, and for the rest by the connections,
 * each of which adds a handful at a time.
 */
final class Lane {

	private static final Logger logger = LoggerFactory.getLogger(Lane.class);

	/** How many subscriptions are served in a round. */
	private static final int SUBSCRIPTIONS_PER_ROUND = 128;

	/** How short a lane waits at most for the next when publications follow closely. */
	private static final long SOON_NANOS = 200_000;

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

	private volatile @Nullable Thread thread;

	/** When it took what it is about, by {@link System#nanoTime()}; 0 while it waits. */
	private volatile long busySince;

	private final Map<TopicName, Audience> audiences = new HashMap<>();

	/** Those that have something to deliver, each once. */
	private final Queue<Audience> busy = new ArrayDeque<>();

	private final LaneWork work = new LaneWork();

	private final Round round;

	/**
	 * Make a lane that is yet to be started.
	 * @param sent told of one publication of each round when it was sent
	 */
	Lane(int number, Intake intake, LongConsumer sent) {
		this.name = "lane-" + number;
		this.intake = intake;
		this.round = new Round(intake, this.work, sent);
	}

	String name() {
		return this.name;
	}

	LaneWork work() {
		return this.work;
	}

	void start() {
		this.stopped = false;
		this.thread = Thread.ofPlatform().name(this.name).start(this::run);
	}

	/**
	 * Tell whether what waits is not going to be delivered: the thread has died, or has
	 * been about one round for longer than that.
	 */
	boolean isStuck(Duration patience) {
		Thread serving = this.thread;
		long since = this.busySince;
		return serving != null && !isStopped()
				&& (!serving.isAlive() || since != 0 && System.nanoTime() - since > patience.toNanos());
	}

	private boolean isStopped() {
		this.lock.lock();
		try {
			return this.stopped;
		}
		finally {
			this.lock.unlock();
		}
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

	/** Queue what was accepted together; the lane takes all of it in one step. */
	void announce(List<Announcement> announcements, int weight) {
		this.intake.charge(weight);
		if (!put(new Announced(announcements))) {
			this.intake.discharge(weight);
			announcements.forEach(Announcement::sent);
		}
	}

	/** Complete when all that waits now is handed to its connections. */
	CompletableFuture<Void> settle() {
		return change(() -> {
			while (!this.busy.isEmpty()) {
				serve();
			}
		});
	}

	/** Deliver what is announced from now on; complete when the lane has it. */
	CompletableFuture<Void> add(Subscription subscription) {
		return change(() -> this.audiences.computeIfAbsent(subscription.topic(), Audience::new).add(subscription));
	}

	/** Deliver no more; complete when the last delivery is handed over. */
	CompletableFuture<Void> remove(Subscription subscription) {
		return change(() -> {
			Audience audience = this.audiences.get(subscription.topic());
			if (audience != null) {
				audience.remove(subscription);
				forgetEmpty(audience);
			}
		});
	}

	/**
	 * Do something between two rounds; complete when it is done, or when the lane has
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
			if (this.mailbox.size() == 1) {
				this.arrived.signal();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		List<Entry> entries = take();
		while (!entries.isEmpty() || !this.busy.isEmpty()) {
			entries.forEach(this::handle);
			try {
				serve();
			}
			catch (RuntimeException ex) {
				// The next round goes on where this one was.
				logger.error("A fault in a round of {}", this.name, ex);
			}
			entries = take();
		}
	}

	/**
	 * Take what has arrived; wait for it if there is nothing else to do, until the lane
	 * has stopped.
	 */
	private List<Entry> take() {
		if (awaitWork()) {
			// More is likely to come: on a core that they share, publishers go first, and
			// what they announce meanwhile is written with one write.
			Thread.yield();
		}
		this.lock.lock();
		try {
			this.busySince = System.nanoTime() | 1;
			if (this.mailbox.isEmpty()) {
				return List.of();
			}
			List<Entry> taken = this.mailbox;
			this.mailbox = new ArrayList<>();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Wait while there is nothing to do, and tell whether that was for a moment only. */
	private boolean awaitWork() {
		this.lock.lock();
		try {
			long since = 0;
			while (this.mailbox.isEmpty() && this.busy.isEmpty() && !this.stopped) {
				since = (since == 0) ? System.nanoTime() | 1 : since;
				this.busySince = 0;
				this.arrived.awaitUninterruptibly();
			}
			return since != 0 && System.nanoTime() - since < SOON_NANOS;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void handle(Entry entry) {
		switch (entry) {
			case Announced announced -> announced.announcements().forEach(this::handle);
			case Changed changed -> handle(changed);
		}
	}

	private void handle(Changed changed) {
		try {
			changed.change().run();
			changed.done().complete(null);
		}
		catch (RuntimeException ex) {
			logger.error("A fault between two rounds of {}", this.name, ex);
			changed.done().completeExceptionally(ex);
		}
	}

	private void handle(Announcement announcement) {
		Audience audience = this.audiences.get(announcement.publication().topic());
		if (audience == null) {
			this.intake.discharge(announcement.weight());
			announcement.sent();
			return;
		}
		if (!audience.hasWork()) {
			this.busy.add(audience);
		}
		audience.announce(announcement);
	}

	/** Do one round. */
	private void serve() {
		int left = SUBSCRIPTIONS_PER_ROUND;
		for (int turns = this.busy.size(); turns > 0 && left > 0; turns--) {
			Audience audience = this.busy.remove();
			try {
				left -= audience.serve(left, this.round);
			}
			finally {
				if (audience.hasWork()) {
					this.busy.add(audience);
				}
				else {
					forgetEmpty(audience);
				}
			}
		}
		this.round.end();
	}

	private void forgetEmpty(Audience audience) {
		if (audience.isEmpty()) {
			this.audiences.remove(audience.topic(), audience);
		}
	}

	private sealed interface Entry {

	}

	private record Announced(List<Announcement> announcements) implements Entry {
	}

	private record Changed(Runnable change, CompletableFuture<Void> done) implements Entry {
	}

}
