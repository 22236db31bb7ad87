package dev.fanfare.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bring a subscription from somewhere in its topic's history to the present.
 * <p>
 * It is registered and holding when this begins, so that nothing falls between: <pre>
 *   history   1 2 3 4 5 6 7 8            read page by page, at the pace of the reader
 *   held                    8 9 10       what was published meanwhile
 *   live                         11 ...  when history and held meet
 * </pre> The past is sent in handfuls; a page is all that is in memory of it.
 */
final class CatchUp {

	private static final Logger logger = LoggerFactory.getLogger(CatchUp.class);

	private static final int PAGE = 500;

	/** What is sent before the reader is waited for again. */
	private static final int HANDFUL_BYTES = 64 * 1024;

	private final Subscription subscription;

	private final Engine engine;

	private final TopicName topic;

	private StartAt.IfLost ifLost = StartAt.IfLost.OLDEST;

	private boolean recovered = true;

	private long replayed;

	CatchUp(Subscription subscription, Engine engine) {
		this.subscription = subscription;
		this.engine = engine;
		this.topic = subscription.topic();
	}

	/** Catch up; returns when the subscription is live or has ended. */
	void run(StartAt start) {
		CompletableFuture<Started> started = this.subscription.started();
		try {
			started.complete((start instanceof StartAt.Live) ? goLive() : catchUp(start));
		}
		catch (Refusal refusal) {
			this.subscription.abandon();
			if (!started.completeExceptionally(refusal)) {
				this.subscription.subscriber().fail(refusal);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.subscription.abandon();
		}
		catch (RuntimeException ex) {
			logger.error("Could not catch up with topic '{}'", this.topic, ex);
			this.subscription.abandon();
			started.completeExceptionally(ex);
		}
	}

	/** Return how many publications were delivered; when it has run. */
	long replayed() {
		return this.replayed;
	}

	/** Tell whether all that was asked for was there; when it has run. */
	boolean recovered() {
		return this.recovered;
	}

	/**
	 * Begin with what comes after the present position. Where that is depends on when it
	 * is asked for, and what is held meanwhile makes up for the difference.
	 */
	private Started goLive() {
		while (true) {
			TopicState present = this.engine.state(this.topic);
			Subscription.Handover handover = this.subscription.goLive(present.position(), present).join();
			if (isOver(handover)) {
				return started(present.position(), handover == Subscription.Handover.LIVE);
			}
		}
	}

	private static boolean isOver(Subscription.Handover handover) {
		return handover == Subscription.Handover.LIVE || handover == Subscription.Handover.ENDED;
	}

	private Started catchUp(StartAt start) throws InterruptedException {
		TopicState target = this.engine.state(this.topic);
		Position reached = begin(start, target);
		while (true) {
			if (!isBefore(reached, target)) {
				Subscription.Handover handover = this.subscription.goLive(reached, target).join();
				if (isOver(handover)) {
					return started(reached, handover == Subscription.Handover.LIVE);
				}
				target = this.engine.state(this.topic);
			}
			Page page = this.engine.read(this.topic, reached.offset(), PAGE);
			if (!page.state().keepsAllAfter(reached)) {
				reached = lost(reached, page.state());
			}
			else if (!send(page.publications())) {
				return started(reached, false);
			}
			else if (!page.publications().isEmpty()) {
				reached = page.publications().getLast().position();
			}
		}
	}

	/** Say how it went; of a subscription that has ended something is missing. */
	private Started started(Position reached, boolean live) {
		return new Started(reached, this.recovered && live, this.replayed);
	}

	private static boolean isBefore(Position reached, TopicState target) {
		return !reached.epoch().equals(target.position().epoch()) || reached.offset() < target.position().offset();
	}

	/** Find the position after which to begin. */
	private Position begin(StartAt start, TopicState state) {
		this.ifLost = start.ifLost();
		Position position = start.position(state, (time) -> this.engine.offsetBefore(this.topic, time));
		return state.keepsAllAfter(position) ? position : lost(position, state);
	}

	/** Go on somewhere else, since what comes next is not kept. */
	private Position lost(Position reached, TopicState state) {
		this.recovered = false;
		return switch (this.ifLost) {
			case OLDEST -> state.after(state.oldest() - 1);
			case LIVE -> state.position();
			case ERROR -> throw new PositionLost(reached, state);
		};
	}

	/**
	 * Send publications in handfuls, as the reader takes them.
	 * @return whether there is still a reader
	 */
	private boolean send(List<Publication> publications) throws InterruptedException {
		int sent = 0;
		while (sent < publications.size()) {
			int end = handful(publications, sent);
			if (!this.subscription.subscriber().awaitRoom()
					|| !this.subscription.replay(new Train(this.topic, publications.subList(sent, end)))) {
				return false;
			}
			this.replayed += end - sent;
			sent = end;
		}
		return true;
	}

	private static int handful(List<Publication> publications, int from) {
		int bytes = 0;
		int end = from;
		while (end < publications.size() && bytes < HANDFUL_BYTES) {
			bytes += publications.get(end++).draft().size();
		}
		return end;
	}

}
