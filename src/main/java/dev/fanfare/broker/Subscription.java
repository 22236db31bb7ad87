package dev.fanfare.broker;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.fanfare.topic.TopicName;

/** Tie one subscriber to one topic until it is cancelled. */
public final class Subscription {

	private final TopicName topic;

	private final Subscriber subscriber;

	private final Fanout fanout;

	private final AtomicBoolean ended = new AtomicBoolean();

	/**
	 * Where the lane finds it again; belongs to the lane's thread, -1 while it is not
	 * registered.
	 */
	int place = -1;

	Subscription(TopicName topic, Subscriber subscriber, Fanout fanout) {
		this.topic = topic;
		this.subscriber = subscriber;
		this.fanout = fanout;
	}

	/** Return the topic it is for. */
	public TopicName topic() {
		return this.topic;
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
		return this.ended.compareAndSet(false, true);
	}

	void deliver(Train train) {
		this.subscriber.deliver(train);
	}

}
