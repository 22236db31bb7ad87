package dev.fanfare.demo.vote;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.TaskScheduler;

/**
 * Tell everybody how one poll stands, at a bounded pace however many vote, and never what
 * is older after what is newer.
 */
final class Board {

	private static final Logger logger = LoggerFactory.getLogger(Board.class);

	private final BallotBox box;

	private final Broker broker;

	private final JsonMapper json;

	private final TaskScheduler timer;

	private final Duration pace;

	/** Whether somebody is on the way to tell, who will see what is there by then. */
	private final AtomicBoolean due = new AtomicBoolean();

	/** Guards what was told last; taken before the box's. */
	private final ReentrantLock telling = new ReentrantLock();

	private String told = "";

	private volatile Instant lastTold = Instant.EPOCH;

	Board(BallotBox box, Broker broker, JsonMapper json, TaskScheduler timer, Duration pace) {
		this.box = box;
		this.broker = broker;
		this.json = json;
		this.timer = timer;
		this.pace = pace;
	}

	/** Have what has changed told soon. */
	void changed() {
		if (this.due.compareAndSet(false, true)) {
			Instant next = this.lastTold.plus(this.pace);
			Instant now = this.timer.getClock().instant();
			this.timer.schedule(this::tellWhatIsDue, next.isAfter(now) ? next : now);
		}
	}

	/** Tell at once, if anything has changed. */
	void tell() {
		this.telling.lock();
		try {
			// Nothing where the log has been forgotten meanwhile.
			this.box.at((count, position) -> count.opened().map((opened) -> News.of(opened, count, position)))
				.filter((news) -> !news.standing().version().equals(this.told))
				.ifPresent(this::tell);
		}
		finally {
			this.telling.unlock();
		}
	}

	private void tell(News news) {
		this.broker.publish(new Caller.Application(), drafts(news), Broker.AS_LONG_AS_IT_TAKES);
		this.told = news.standing().version();
		this.lastTold = this.timer.getClock().instant();
	}

	private void tellWhatIsDue() {
		this.due.set(false);
		try {
			tell();
		}
		catch (RuntimeException ex) {
			logger.warn("Could not tell how poll '{}' stands; trying again: {}", this.box.id(), ex.getMessage());
			this.lastTold = this.timer.getClock().instant();
			changed();
		}
	}

	private List<Draft> drafts(News news) {
		PollId id = this.box.id();
		Draft standing = draft(id.board(), news.standing());
		return news.counts().isEmpty() ? List.of(standing)
				: List.of(standing, draft(id.counts(news.key()), news.withCounts()));
	}

	private Draft draft(TopicName topic, Standing standing) {
		return new Draft(topic, Map.of(Draft.CONTENT_TYPE, "application/json"), this.json.writeValueAsBytes(standing));
	}

	/**
	 * Hold what is to be told.
	 *
	 * @param standing to all
	 * @param key names the topic of those who have voted
	 * @param counts for them alone; empty where there are none
	 */
	private record News(Standing standing, String key, List<List<Integer>> counts) {

		static News of(Entry.Opened opened, Count count, Position position) {
			boolean forAll = count.isClosed() || opened.poll().shown() == Shown.ALWAYS;
			boolean forVoters = !forAll && opened.poll().shown() == Shown.AFTER_VOTING;
			Standing standing = new Standing(position.toString(), count.voters(), count.closed(),
					forAll ? count.marks() : null);
			return new News(standing, opened.key(), forVoters ? count.marks() : List.of());
		}

		Standing withCounts() {
			return new Standing(this.standing.version(), this.standing.voters(), null, this.counts);
		}

	}

}
