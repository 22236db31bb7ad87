package dev.fanfare.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.limits.Allowance;
import dev.fanfare.limits.Allowances;
import dev.fanfare.limits.Limits;
import dev.fanfare.limits.Visitor;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publish and subscribe: the one door for every edge and for the application.
 * <p>
 * Threads may call it freely, lanes excepted. What it accepted is delivered to every
 * subscription that the topic had on this node at that moment, in the order of the
 * positions.
 */
@Component
public class Broker implements SmartLifecycle {

	/** Say that a publisher waits for room as long as it takes. */
	public static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

	private final AccessRules access;

	private final Engine engine;

	private final TopicRules rules;

	private final Limits limits;

	/** What the topics of each rule allow, where that is limited. */
	private final Map<TopicRule, Allowances<TopicName>> rates = new IdentityHashMap<>();

	private final CatchUps catchUps;

	private final Intake intake;

	private final Fanout fanout;

	private final Traces traces;

	private final Map<Way, Accepted> accepted = new EnumMap<>(Way.class);

	private volatile boolean running;

	Broker(AccessRules access, TopicRules rules, Limits limits, Engine engine, BrokerProperties properties,
			ObjectProvider<Tracer> tracer) {
		this.traces = new Traces(tracer.getIfAvailable());
		this.access = access;
		this.engine = engine;
		this.catchUps = new CatchUps(engine, rules);
		this.rules = rules;
		this.limits = limits;
		for (TopicRule rule : rules.rules()) {
			Allowances<TopicName> rate = limits.topics(rule);
			if (rate != null) {
				this.rates.put(rule, rate);
			}
		}
		this.intake = new Intake(properties.intakeLimit());
		int cores = Runtime.getRuntime().availableProcessors();
		this.fanout = new Fanout((properties.lanes() > 0) ? properties.lanes() : cores, this.intake, this.traces);
		for (Way way : Way.values()) {
			this.accepted.put(way, new Accepted());
		}
	}

	/**
	 * Publish a draft, waiting for room as long as it takes.
	 * @return where its topic has it
	 * @throws dev.fanfare.topic.Refusal if it is not published
	 */
	public Stored publish(Caller caller, Draft draft) {
		return publish(caller, List.of(draft), AS_LONG_AS_IT_TAKES).getFirst();
	}

	/**
	 * Publish all drafts or none, for code of the application.
	 * @see #publish(Caller, Visitor, List, Duration)
	 */
	public List<Stored> publish(Caller caller, List<Draft> drafts, Duration patience) {
		return publish(caller, this.limits.inside(), drafts, patience);
	}

	/**
	 * Publish all drafts or none.
	 * @param visitor where they come from, for what may be published in a time
	 * @param patience how long to wait for room while readers are behind
	 * @return where their topics have them, in the order of the drafts
	 * @throws dev.fanfare.topic.Refusal if they are not published
	 */
	public List<Stored> publish(Caller caller, Visitor visitor, List<Draft> drafts, Duration patience) {
		long weight = 0;
		List<Allowance> topics = this.rates.isEmpty() ? List.of() : new ArrayList<>();
		for (Draft draft : drafts) {
			TopicRule rule = this.rules.of(draft.topic());
			this.access.requirePublish(caller, draft.topic(), rule);
			requireSize(draft, rule);
			Allowances<TopicName> rate = this.rates.get(rule);
			if (rate != null) {
				topics.add(rate.of(draft.topic()));
			}
			weight += this.intake.weight(draft, subscribers(draft.topic()));
		}
		visitor.publishes(caller, drafts.size(), topics);
		try (Intake.Admission admission = this.intake.admit(weight, patience)) {
			List<Stored> stored = this.traces.append(drafts, () -> this.engine.append(drafts));
			Objects.requireNonNull(this.accepted.get(Way.of(caller, visitor, this.limits.inside())))
				.count(drafts, stored);
			return stored;
		}
	}

	/**
	 * Deliver to the subscriber what its topic accepts from now on.
	 * @see #subscribe(Caller, TopicName, StartAt, Subscriber)
	 */
	public Subscription subscribe(Caller caller, TopicName topic, Subscriber subscriber) {
		return subscribe(caller, topic, new StartAt.Live(), subscriber);
	}

	/**
	 * Deliver to the subscriber what it asks for of the past and all that its topic
	 * accepts from now on, until the subscription is cancelled.
	 * <p>
	 * Waits for the lane, never for a reader: what is published after this returns is
	 * delivered. The past is delivered meanwhile and afterwards, at the pace of the
	 * reader; {@link Subscription#started()} tells when that is done.
	 * @throws dev.fanfare.topic.Refusal if it may not
	 */
	public Subscription subscribe(Caller caller, TopicName topic, StartAt start, Subscriber subscriber) {
		this.access.requireSubscribe(caller, topic);
		if (!(start instanceof StartAt.Live)) {
			this.access.requireHistory(caller, topic);
		}
		Subscription subscription = new Subscription(topic, subscriber, this.fanout, this.catchUps);
		this.fanout.add(subscription).join();
		this.catchUps.begin(subscription, start);
		return subscription;
	}

	/**
	 * Read on in the history of a topic, as {@link Engine#read} does.
	 * @throws dev.fanfare.topic.Refusal if the caller may not
	 */
	public Page read(Caller caller, TopicName topic, long after, int limit) {
		this.access.requireHistory(caller, topic);
		return this.engine.read(topic, after, limit);
	}

	/**
	 * Find one publication.
	 * @throws NotKept if the topic does not have it
	 */
	public Publication find(Caller caller, TopicName topic, Position position) {
		Page page = read(caller, topic, position.offset() - 1, 1);
		return page.publications()
			.stream()
			.filter((publication) -> publication.position().equals(position))
			.findFirst()
			.orElseThrow(() -> new NotKept(position, page.state()));
	}

	/** Return the offset of the last publication before that time, 0 where none is. */
	public long offsetBefore(Caller caller, TopicName topic, Instant time) {
		this.access.requireHistory(caller, topic);
		return this.engine.offsetBefore(topic, time);
	}

	/** Return where a topic stands; it need not exist. */
	public TopicState state(Caller caller, TopicName topic) {
		this.access.requireHistory(caller, topic);
		return this.engine.state(topic);
	}

	/**
	 * List topics by name, as {@link Engine#topics} does, of those that the caller may
	 * know.
	 */
	public List<TopicState> topics(Caller caller, String prefix, @Nullable TopicName after, int limit) {
		this.access.requireList(caller);
		List<TopicState> known = new ArrayList<>();
		TopicName last = after;
		List<TopicState> found;
		do {
			found = this.engine.topics(prefix, last, limit);
			for (TopicState each : found) {
				last = each.topic();
				if (known.size() < limit && this.access.mayList(caller, last)) {
					known.add(each);
				}
			}
		}
		while (known.size() < limit && found.size() == limit);
		return known;
	}

	/**
	 * Have a topic forget its history and begin a new epoch.
	 * @return where it stands then
	 */
	public TopicState reset(Caller caller, TopicName topic) {
		this.access.requireReset(caller, topic);
		return this.engine.reset(topic);
	}

	/**
	 * Return what this node has to do.
	 * @throws dev.fanfare.topic.Refusal if the caller may not know
	 */
	public NodeState node(Caller caller) {
		this.access.requireOperate(caller);
		return new NodeState(this.fanout.lanes().size(), this.fanout.subscriptions(), this.fanout.subscribedTopics(),
				this.intake.usedBytes(), this.intake.limitBytes());
	}

	/** Return the rule that the topic is under. */
	public TopicRule rule(TopicName topic) {
		return this.rules.of(topic);
	}

	Map<Way, Accepted> accepted() {
		return this.accepted;
	}

	Fanout fanout() {
		return this.fanout;
	}

	Intake intake() {
		return this.intake;
	}

	CatchUps catchUps() {
		return this.catchUps;
	}

	/** Return how many subscriptions this node has of the topic. */
	public int subscribers(TopicName topic) {
		return this.fanout.readers(topic);
	}

	/**
	 * Accept nothing from now on and wait until what was accepted is handed to its
	 * connections. Waits for no reader.
	 * @return whether that was reached in time
	 */
	public boolean close(Duration patience) {
		return this.intake.close(patience) && this.fanout.settle(patience);
	}

	@Override
	public void start() {
		this.intake.open();
		this.fanout.start();
		this.engine.start(this.fanout);
		this.running = true;
	}

	@Override
	public void stop() {
		this.fanout.stop();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Be up before the edges and down after them. */
	@Override
	public int getPhase() {
		return -1;
	}

	private static void requireSize(Draft draft, TopicRule rule) {
		if (draft.body().length > rule.maxPayload()) {
			throw new PayloadTooLarge(draft.body().length, rule);
		}
	}

}
