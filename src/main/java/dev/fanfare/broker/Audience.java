package dev.fanfare.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serve a lane's subscriptions of one topic, train by train, so many of them at a time.
 * <p>
 * What is announced while a train is under way waits for the next, which is the longer
 * for it: <pre>
 *   waiting  p4 p5 p6                         next train: p4 p5 p6
 *   train    p1 p2 p3  -&gt;  s0 s1 s2 | s3 s4 s5      (|: the cursor)
 *                         &lt;- to be served | served
 * </pre> The cursor moves downwards, so that nobody is passed over when the last
 * subscription takes the place of one that is removed; who could be served twice by that
 * is known by the number of its train. What waits is bounded by the {@link Intake}.
 * Belongs to the lane's thread.
 */
final class Audience {

	private static final Logger logger = LoggerFactory.getLogger(Audience.class);

	/** A train is closed when it has so many publications or bytes. */
	private static final int MOST_PUBLICATIONS = 256;

	private static final int MOST_BYTES = 128 * 1024;

	private final TopicName topic;

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final Queue<Announcement> waiting = new ArrayDeque<>();

	private Train train;

	/** Those of the train that are traced. */
	private List<Announcement> traced = List.of();

	/** Counts trains, from 1. */
	private long number;

	/** The subscriptions below it are to be given the train. */
	private int cursor;

	/** Whether somebody may have to be given the train, or its end is to be told. */
	private boolean underWay;

	/** How many there were, and what the train weighs that is not given back yet. */
	private int left;

	private int weight;

	Audience(TopicName topic) {
		this.topic = topic;
		this.train = new Train(topic, List.of());
	}

	TopicName topic() {
		return this.topic;
	}

	void add(Subscription subscription) {
		subscription.place = this.subscriptions.size();
		this.subscriptions.add(subscription);
	}

	void remove(Subscription subscription) {
		int place = subscription.place;
		if (place < 0) {
			return;
		}
		Subscription last = this.subscriptions.removeLast();
		if (last != subscription) {
			last.place = place;
			this.subscriptions.set(place, last);
		}
		subscription.place = -1;
		this.cursor = Math.min(this.cursor, this.subscriptions.size());
	}

	/** Tell whether nobody needs it. */
	boolean isEmpty() {
		return this.subscriptions.isEmpty() && !hasWork();
	}

	void announce(Announcement announcement) {
		this.waiting.add(announcement);
	}

	boolean hasWork() {
		return this.underWay || !this.waiting.isEmpty();
	}

	/**
	 * Give the train to some of those who have not had it.
	 * @param most how many subscriptions to serve at most
	 * @param round told of each connection that has something to flush, and of the weight
	 * that was served
	 * @return how many were served
	 */
	int serve(int most, Round round) {
		if (!this.underWay) {
			couple();
		}
		int served = 0;
		while (this.cursor > 0 && served < most) {
			this.cursor--;
			serve(this.subscriptions.get(this.cursor), round);
			served++;
		}
		unload(served, round);
		if (this.cursor == 0) {
			this.underWay = false;
			round.complete(this.train, this.traced);
		}
		return served;
	}

	private void serve(Subscription subscription, Round round) {
		if (subscription.train == this.number) {
			return;
		}
		subscription.train = this.number;
		try {
			if (subscription.deliver(this.train, round.deliveries())) {
				round.add(subscription.subscriber().connection());
			}
		}
		catch (RuntimeException ex) {
			// A fault in one subscriber; the lane and the others go on.
			logger.error("Could not deliver to a subscriber of '{}'", this.topic, ex);
		}
	}

	/** Put what waits into a train, as much as one may have. */
	private void couple() {
		List<Publication> publications = new ArrayList<>();
		List<Announcement> traced = new ArrayList<>(0);
		int bytes = 0;
		while (!this.waiting.isEmpty() && publications.size() < MOST_PUBLICATIONS && bytes < MOST_BYTES) {
			Announcement next = this.waiting.remove();
			publications.add(next.publication());
			bytes += next.publication().draft().size();
			this.weight += next.weight();
			if (next.trace() != null) {
				traced.add(next);
			}
		}
		this.train = new Train(this.topic, publications);
		this.traced = traced;
		this.number++;
		this.underWay = true;
		this.cursor = this.subscriptions.size();
		this.left = this.cursor;
	}

	/** Give the round its share of the weight, and the last one what is left of it. */
	private void unload(int served, Round round) {
		int share = (this.cursor > 0) ? (int) ((long) this.weight * served / this.left) : this.weight;
		this.left -= served;
		this.weight -= share;
		round.add(share);
	}

}
