package dev.fanfare.demo.vote;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Find polls, open them, and close them in time.
 * <p>
 * Which there are, their topics say. The counts of some are at hand, as
 * {@code fanfare.demo.vote.votes-in-memory} allows; those of others are folded again when
 * somebody asks. After a restart what was not told or closed is made up for.
 */
@Component
class Polls implements SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(Polls.class);

	private static final Caller APPLICATION = new Caller.Application();

	private static final int PAGE = 1_000;

	/** What a poll weighs beside its votes. */
	private static final int OWN_WEIGHT = 20;

	private final Broker broker;

	private final JsonMapper json;

	private final VoteProperties properties;

	private final Clock clock;

	private final SimpleAsyncTaskScheduler timer = new SimpleAsyncTaskScheduler();

	private final Cache<PollId, LivePoll> atHand;

	/** Held while a poll is opened, so that there are not more than may be. */
	private final ReentrantLock opening = new ReentrantLock();

	private volatile boolean running;

	Polls(Broker broker, JsonMapper json, VoteProperties properties, Clock clock) {
		this.broker = broker;
		this.json = json;
		this.properties = properties;
		this.clock = clock;
		this.timer.setVirtualThreads(true);
		this.timer.setThreadNamePrefix("vote-");
		this.timer.setClock(clock);
		this.atHand = Caffeine.newBuilder()
			.maximumWeight(properties.votesInMemory())
			.weigher((PollId id, LivePoll poll) -> OWN_WEIGHT + poll.box().size())
			.executor(Runnable::run)
			.build();
	}

	/** Find a poll by what is in its link. */
	Optional<LivePoll> find(String id) {
		return PollId.parse(id).flatMap(this::find);
	}

	private Optional<LivePoll> find(PollId id) {
		if (this.broker.state(APPLICATION, id.log()).count() == 0) {
			return Optional.empty();
		}
		return Optional.of(atHand(id)).filter((poll) -> poll.box().opened().isPresent());
	}

	/**
	 * Open a poll, unless it was opened before.
	 * @throws VoteRefusal if there are as many as may be
	 */
	LivePoll open(Entry.Opened first) {
		PollId id = first.poll().id();
		this.opening.lock();
		try {
			if (find(id).isEmpty()) {
				requireRoom();
			}
			LivePoll poll = atHand(id);
			poll.box().open(first);
			poll.board().tell();
			closeInTime(poll);
			return poll;
		}
		finally {
			this.opening.unlock();
		}
	}

	/** Have all told of a change, and weigh the poll again. */
	void changed(LivePoll poll) {
		poll.board().changed();
		this.atHand.put(poll.box().id(), poll);
	}

	/** Close a poll now, and tell all. */
	void close(LivePoll poll, boolean early) {
		poll.box().close(early);
		poll.board().tell();
	}

	private LivePoll atHand(PollId id) {
		return this.atHand.get(id, (missing) -> {
			BallotBox box = new BallotBox(missing, new PollLog(this.broker, this.json, missing.log()), this.clock);
			return new LivePoll(box, new Board(box, this.broker, this.json, this.timer, this.properties.pace()));
		});
	}

	private void requireRoom() {
		int polls = 0;
		for (List<TopicState> page = logs(null); !page.isEmpty(); page = logs(page.getLast().topic())) {
			polls += (int) page.stream().filter((log) -> log.count() > 0).count();
		}
		if (polls >= this.properties.maxPolls()) {
			throw VoteRefusal.tooManyPolls(this.properties.maxPolls());
		}
	}

	private List<TopicState> logs(@Nullable TopicName after) {
		return this.broker.topics(APPLICATION, PollId.LOGS, after, PAGE);
	}

	private void closeInTime(LivePoll poll) {
		Entry.Opened opened = poll.box().opened().orElseThrow();
		if (!poll.box().read(Count::isClosed)) {
			closeAt(poll.box().id(), Instant.ofEpochMilli(opened.poll().closes()));
		}
	}

	private void closeAt(PollId id, Instant time) {
		// By its id, so that its votes need not be at hand until then.
		this.timer.schedule(() -> {
			try {
				find(id).ifPresent((poll) -> close(poll, false));
			}
			catch (RuntimeException ex) {
				logger.warn("Could not close poll '{}'; trying again: {}", id, ex.getMessage());
				closeAt(id, this.clock.instant().plusSeconds(1));
			}
		}, time);
	}

	/** Go on with what there is: tell what was not told, and close in time. */
	private void goOn() {
		for (List<TopicState> page = logs(null); !page.isEmpty(); page = logs(page.getLast().topic())) {
			page.stream().filter((log) -> log.count() > 0).forEach(this::goOn);
		}
	}

	private void goOn(TopicState log) {
		try {
			find(PollId.ofLog(log.topic())).ifPresent((poll) -> {
				poll.board().tell();
				closeInTime(poll);
			});
		}
		catch (RuntimeException ex) {
			logger.error("Could not go on with the poll of topic '{}'", log.topic(), ex);
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.timer.start();
		Thread.ofVirtual().name("vote-go-on").start(this::goOn);
	}

	@Override
	public void stop() {
		this.running = false;
		this.timer.stop();
	}

	@Override
	public void destroy() {
		this.timer.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
