package dev.fanfare.demo.vote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

	/**
	 * How many logs there may be for each poll, those that were emptied among them, which
	 * are topics for a while yet.
	 */
	private static final int MOST_LOGS = 10;

	/** How long a timer runs on without a look whether its poll is still there. */
	private static final Duration GLANCE = Duration.ofHours(1);

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
	 * Open a poll, unless it was opened before. Where there are as many as may be, the
	 * oldest that is closed is let go.
	 * @throws VoteRefusal if none is closed
	 */
	LivePoll open(Entry.Opened first) {
		PollId id = first.poll().id();
		this.opening.lock();
		try {
			LivePoll poll = find(id).orElseGet(() -> begin(first));
			// Somebody else's is refused.
			poll.box().open(first);
			poll.board().tell();
			return poll;
		}
		finally {
			this.opening.unlock();
		}
	}

	private LivePoll begin(Entry.Opened first) {
		makeRoom();
		PollId id = first.poll().id();
		LivePoll poll = atHand(id);
		try {
			poll.box().open(first);
		}
		finally {
			// Whatever is heard of it, it may be in the log, and then it has to close.
			closeAt(id, Instant.ofEpochMilli(first.poll().closes()));
		}
		return poll;
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
			BallotBox box = new BallotBox(missing, log(missing.log()), this.clock);
			return new LivePoll(box, new Board(box, this.broker, this.json, this.timer, this.properties.pace()));
		});
	}

	private PollLog log(TopicName topic) {
		return new PollLog(this.broker, this.json, topic);
	}

	private void makeRoom() {
		int most = this.properties.maxPolls();
		List<TopicState> logs = new ArrayList<>();
		for (List<TopicState> page = logs(null); !page.isEmpty(); page = logs(page.getLast().topic())) {
			logs.addAll(page);
		}
		List<TopicState> polls = logs.stream().filter((log) -> log.count() > 0).toList();
		if (polls.size() < most) {
			return;
		}
		if (logs.size() >= (long) MOST_LOGS * most) {
			throw VoteRefusal.tooManyPolls(most);
		}
		long now = this.clock.millis();
		Entry.Opened oldest = polls.stream()
			.sorted(Comparator.comparingLong(TopicState::timestamp))
			.flatMap((log) -> log(log.topic()).openedIfOver(now).stream())
			.findFirst()
			.orElseThrow(() -> VoteRefusal.tooManyPolls(most));
		letGo(oldest);
	}

	/**
	 * Have all topics of a poll forget it; its log last, by which it would be found
	 * again.
	 */
	private void letGo(Entry.Opened poll) {
		PollId id = poll.poll().id();
		this.broker.reset(APPLICATION, id.counts(poll.key()));
		this.broker.reset(APPLICATION, id.board());
		this.broker.reset(APPLICATION, id.log());
		this.atHand.invalidate(id);
		logger.info("Let go of poll '{}', to have room for another", id);
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
		Instant glance = this.clock.instant().plus(GLANCE);
		this.timer.schedule(() -> closeIfDue(id, time), time.isBefore(glance) ? time : glance);
	}

	private void closeIfDue(PollId id, Instant time) {
		try {
			if (this.broker.state(APPLICATION, id.log()).count() == 0) {
				return;
			}
			if (this.clock.instant().isBefore(time)) {
				closeAt(id, time);
				return;
			}
			// One that took the id after it was let go has a time of its own.
			find(id).filter((poll) -> closes(poll) <= time.toEpochMilli()).ifPresent((poll) -> close(poll, false));
		}
		catch (RuntimeException ex) {
			logger.warn("Could not close poll '{}'; trying again: {}", id, ex.getMessage());
			closeAt(id, this.clock.instant().plusSeconds(1));
		}
	}

	private static long closes(LivePoll poll) {
		return poll.box().opened().map((opened) -> opened.poll().closes()).orElse(Long.MAX_VALUE);
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
