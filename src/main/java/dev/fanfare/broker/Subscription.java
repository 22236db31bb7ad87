package dev.fanfare.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Tie one subscriber to one topic until it is cancelled, and see to it that it gets each
 * publication once, in order and without a hole: <pre>
 *   holding --goLive--&gt; live      a {@link CatchUp} has delivered what was missed, if anything
 *   live --behind--&gt;    holding   the subscriber has no room: a catch-up goes on when it has
 * </pre> What is published while it is holding is {@linkplain Held held}, or, when that
 * is too much, read from the topic's history.
 */
public final class Subscription {

	private final TopicName topic;

	private final Subscriber subscriber;

	private final Fanout fanout;

	private final CatchUps catchUps;

	private final CompletableFuture<Started> started = new CompletableFuture<>();

	/**
	 * Guards sending what was missed against the end; taken first, Jetty's locks within
	 * it.
	 */
	private final ReentrantLock sending = new ReentrantLock();

	private volatile boolean ended;

	/**
	 * Where the lane finds it again; belongs to the lane's thread, -1 while it is not
	 * registered.
	 */
	int place = -1;

	/** The number of the train it was given last; the lane's thread. */
	long train;

	/** What is held while it catches up, none while it is live; the lane's thread. */
	private @Nullable Held held = new Held();

	/** What was delivered last; the lane's thread. */
	private @Nullable Position seen;

	Subscription(TopicName topic, Subscriber subscriber, Fanout fanout, CatchUps catchUps) {
		this.topic = topic;
		this.subscriber = subscriber;
		this.fanout = fanout;
		this.catchUps = catchUps;
	}

	/** Return the topic it is for. */
	public TopicName topic() {
		return this.topic;
	}

	/**
	 * Return what was handed to the subscriber last since it is live, if anything. It is
	 * read without waiting for the lane, and may be a moment old.
	 */
	public @Nullable Position position() {
		return this.seen;
	}

	/**
	 * Tell when it is live, with all that was asked for of the past delivered.
	 * @return completes on any thread; exceptionally with the
	 * {@link dev.fanfare.topic.Refusal} why it does not become live, and then it has
	 * ended
	 */
	public CompletableFuture<Started> started() {
		return this.started;
	}

	/**
	 * End deliveries and wait until the last one is handed over: nothing is delivered
	 * after this returns.
	 * <p>
	 * Waits for the lane, never for a reader; not to be called on a lane. Cancelling
	 * again does nothing.
	 */
	public void cancel() {
		this.fanout.remove(this).join();
	}

	/** End deliveries as {@link #cancel()} does, without waiting. */
	public void abandon() {
		this.fanout.remove(this);
	}

	Subscriber subscriber() {
		return this.subscriber;
	}

	/** Mark it ended; only the first call is answered with true. */
	boolean end() {
		this.sending.lock();
		try {
			boolean first = !this.ended;
			this.ended = true;
			return first;
		}
		finally {
			this.sending.unlock();
		}
	}

	/** Send what was missed, unless it has ended, and tell whether it has not. */
	boolean replay(Train train) {
		this.sending.lock();
		try {
			if (!this.ended) {
				this.subscriber.replay(train);
			}
			return !this.ended;
		}
		finally {
			this.sending.unlock();
		}
	}

	/**
	 * Deliver what is live, on the lane.
	 * @param delivered counts what the subscriber was given
	 * @return whether its connection has something to flush now that it had not before
	 */
	boolean deliver(Train train, Tally delivered) {
		if (this.held != null) {
			this.held.add(train.publications());
			return false;
		}
		Train unseen = unseen(train);
		if (unseen.publications().isEmpty()) {
			return false;
		}
		if (!this.subscriber.keepsUp() && this.catchUps.canReplay(this.topic)) {
			fallBehind(unseen.publications());
			return false;
		}
		this.seen = unseen.publications().getLast().position();
		delivered.add(unseen.publications().size());
		return this.subscriber.deliver(unseen);
	}

	private Train unseen(Train train) {
		if (this.seen == null || Held.isNewer(train.publications().getFirst(), this.seen)) {
			return train;
		}
		return new Train(this.topic, Held.newer(train.publications(), this.seen));
	}

	private void fallBehind(List<Publication> next) {
		Position first = next.getFirst().position();
		Position after = (this.seen != null) ? this.seen : new Position(first.epoch(), first.offset() - 1);
		this.held = new Held();
		this.held.add(next);
		this.catchUps.goOn(this, after);
	}

	/**
	 * Become live at that position where nothing is missing, and complete with how it
	 * went.
	 */
	CompletableFuture<Handover> goLive(Position reached, TopicState target) {
		CompletableFuture<Handover> handover = new CompletableFuture<>();
		this.fanout.change(this, () -> handover.complete(tryLive(reached, target)))
			.thenRun(() -> handover.complete(Handover.ENDED));
		return handover;
	}

	/**
	 * Become live, on the lane, if that position and what is held meet.
	 * @param target where the topic stood after holding began: what came later is held
	 */
	private Handover tryLive(Position reached, TopicState target) {
		Held waiting = this.held;
		if (this.ended || waiting == null) {
			return Handover.ENDED;
		}
		if (waiting.overflowed()) {
			waiting.clear();
			return Handover.OVERFLOWED;
		}
		List<Publication> next = waiting.after(reached);
		if (!meet(reached, target, next) || !(next.isEmpty() || this.subscriber.keepsUp())) {
			return Handover.BEHIND;
		}
		this.held = null;
		this.seen = reached;
		if (!next.isEmpty()) {
			replay(new Train(this.topic, next));
			this.seen = next.getLast().position();
		}
		return Handover.LIVE;
	}

	private static boolean meet(Position reached, TopicState target, List<Publication> next) {
		boolean follows = !next.isEmpty() && next.getFirst().position().epoch().equals(reached.epoch());
		if (follows) {
			return next.getFirst().position().offset() == reached.offset() + 1;
		}
		return target.position().epoch().equals(reached.epoch()) && reached.offset() >= target.position().offset();
	}

	/** Say what came of an attempt to become live. */
	enum Handover {

		/** It is live. */
		LIVE,

		/** There is more to read first. */
		BEHIND,

		/** It has been cancelled. */
		ENDED,

		/**
		 * More was published than is held: it is to be read, and holding has begun anew.
		 */
		OVERFLOWED

	}

}
