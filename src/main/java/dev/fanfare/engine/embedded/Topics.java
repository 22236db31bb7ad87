package dev.fanfare.engine.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hold the topics that exist, as many as there may be.
 * <p>
 * Topics are made and found by any thread. Those on disk are forgotten by the writer's
 * thread, on which they are appended to; those in memory when they are locked.
 */
final class Topics {

	private static final Logger logger = LoggerFactory.getLogger(Topics.class);

	/** Where the store has what future epochs come from. */
	private static final String EPOCHS = "epochs";

	private final EmbeddedProperties properties;

	private final TopicRules rules;

	private final LogStore store;

	private final KeyBudget keys;

	private final MemoryBudget memory;

	/** What topics that are not on disk have their epochs from. */
	private final Epochs passing = new Epochs();

	private final Epochs lasting;

	private final Map<TopicName, TopicLog> logs = new ConcurrentHashMap<>();

	/** The same topics in the order of their names, to list them. */
	private final ConcurrentNavigableMap<String, TopicLog> byName = new ConcurrentSkipListMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicInteger lastId = new AtomicInteger();

	/** Begin with the topics that the store has. */
	Topics(EmbeddedProperties properties, TopicRules rules, LogStore store) {
		this.properties = properties;
		this.rules = rules;
		this.store = store;
		this.keys = new KeyBudget(properties.maxIdempotencyKeys());
		this.memory = new MemoryBudget(properties.memory());
		byte[] saved = store.meta(EPOCHS);
		this.lasting = (saved != null) ? new Epochs(saved) : new Epochs();
		if (saved == null) {
			save(this.lasting);
		}
		if (store.rupture().isNoted()) {
			beginNewEpochs();
		}
		Map<Integer, DiskLog> byId = new TreeMap<>();
		store.topics((topic, id, head) -> restore(topic, id, head, byId));
		store.keys((id, key, remembered) -> restore(byId.get(id), key, remembered));
	}

	/** Give every topic another epoch, and go on with the offsets there are. */
	private void beginNewEpochs() {
		this.lasting.nextGeneration();
		try (LogStore.Batch batch = this.store.batch()) {
			this.store.topics((topic, id, head) -> batch.put(topic, id, head.in(Epochs.fresh())));
			putEpochs(batch);
			batch.write();
		}
		this.store.rupture().mend();
	}

	private void save(Epochs epochs) {
		try (LogStore.Batch batch = this.store.batch()) {
			putEpochs(batch);
			batch.write();
		}
	}

	private void restore(TopicName topic, int id, Head head, Map<Integer, DiskLog> byId) {
		this.lastId.accumulateAndGet(id, Math::max);
		TopicRule rule = this.rules.of(topic);
		if (rule.durability() != Durability.DISK) {
			logger.warn("Topic '{}' has a log on disk, but its rule '{}' says {}: the log is left as it is", topic,
					rule.pattern(), rule.durability());
			return;
		}
		DiskLog log = new DiskLog(topic, rule, id, head, this.keys, this.store);
		byId.put(id, log);
		this.logs.put(topic, log);
		this.byName.put(topic.value(), log);
		this.count.incrementAndGet();
	}

	private static void restore(@Nullable DiskLog log, String key, IdempotencyKeys.Remembered remembered) {
		if (log == null) {
			return;
		}
		boolean ofThisLife = log.head().epoch().equals(remembered.position().epoch());
		if (ofThisLife && remembered.position().offset() <= log.head().offset()) {
			log.keys().restore(key, remembered);
		}
	}

	/** Return how many have a position. */
	int count() {
		return this.count.get();
	}

	@Nullable TopicLog find(TopicName topic) {
		return this.logs.get(topic);
	}

	/** Return where a topic stands, or would, if it existed. */
	TopicState state(TopicName topic) {
		TopicLog log = find(topic);
		return (log != null) ? log.state() : Head.first(epoch(topic, this.rules.of(topic))).state(topic, 0);
	}

	/** Tell whether a topic is kept on disk, or would be. */
	boolean isOnDisk(TopicName topic) {
		TopicLog log = find(topic);
		return (log != null) ? log instanceof DiskLog : this.rules.of(topic).durability() == Durability.DISK;
	}

	List<TopicState> list(String prefix, @Nullable TopicName after, int limit) {
		// What is after the topic and has the prefix is together, as names are sorted.
		String last = (after != null) ? after.value() : "";
		boolean begun = last.compareTo(prefix) >= 0 && !last.isEmpty();
		return this.byName.tailMap(begun ? last : prefix, !begun)
			.values()
			.stream()
			.takeWhile((log) -> log.topic().value().startsWith(prefix))
			.limit(limit)
			.map(TopicLog::state)
			.toList();
	}

	/** Return the logs on disk. */
	Iterable<DiskLog> onDisk() {
		return () -> all(DiskLog.class).iterator();
	}

	/**
	 * Find or make the drafts' topics, and lock those in memory in the order of their
	 * names.
	 * @return the topics in that order
	 * @throws TooManyTopics if there is one too many; then none is locked
	 */
	Map<TopicName, TopicLog> locked(List<Draft> drafts) {
		if (drafts.size() == 1) {
			TopicName topic = drafts.getFirst().topic();
			return Map.of(topic, locked(obtain(topic)));
		}
		SortedMap<TopicName, TopicLog> locked = new TreeMap<>();
		drafts.forEach((draft) -> locked.computeIfAbsent(draft.topic(), this::obtain));
		locked.replaceAll((topic, log) -> locked(log));
		return locked;
	}

	static void unlock(TopicLog log) {
		if (log instanceof MemoryLog memory) {
			memory.unlock();
		}
	}

	private TopicLog locked(TopicLog found) {
		if (!(found instanceof MemoryLog log)) {
			return found;
		}
		log.lock();
		while (log.retired()) {
			// Forgotten between finding and locking it; the next one is fresh and takes
			// its place.
			log.unlock();
			log = (MemoryLog) create(log.topic());
			log.lock();
		}
		return log;
	}

	private TopicLog obtain(TopicName topic) {
		TopicLog log = find(topic);
		if (log != null) {
			return log;
		}
		if (this.count.get() >= this.properties.maxTopics()) {
			throw new TooManyTopics(topic, this.properties.maxTopics());
		}
		return create(topic);
	}

	private TopicLog create(TopicName topic) {
		TopicRule rule = this.rules.of(topic);
		String epoch = epoch(topic, rule);
		TopicLog made = (rule.durability() == Durability.DISK)
				? new DiskLog(topic, rule, this.lastId.incrementAndGet(), Head.first(epoch), this.keys, this.store)
				: new MemoryLog(topic, rule, epoch, this.keys, this.memory);
		TopicLog present = this.logs.putIfAbsent(topic, made);
		if (present != null) {
			return present;
		}
		this.byName.put(topic.value(), made);
		this.count.incrementAndGet();
		return made;
	}

	private String epoch(TopicName topic, TopicRule rule) {
		return ((rule.durability() == Durability.DISK) ? this.lasting : this.passing).of(topic);
	}

	/** Keep in memory what the rules say, and forget topics that nobody uses. */
	void sweepMemory(long now) {
		all(MemoryLog.class).forEach((log) -> {
			log.lock();
			try {
				log.sweep(now);
				if (log.retire(now, this.properties.topicExpiry())) {
					forget(log);
					this.passing.nextGeneration();
				}
			}
			finally {
				log.unlock();
			}
		});
	}

	/** Return the topics on disk that keep nothing and that nobody uses. */
	List<DiskLog> idleOnDisk(long now) {
		Duration expiry = this.properties.diskTopicExpiry();
		return all(DiskLog.class).filter((log) -> log.next().count() == 0 && log.keys().isEmpty())
			.filter((log) -> now - log.next().timestamp() > expiry.toMillis())
			.toList();
	}

	/** Forget topics on disk, but for those that were published to since. */
	void forget(List<DiskLog> idle) {
		if (!idle.isEmpty()) {
			idle.stream().filter((log) -> log.next().equals(log.head())).forEach(this::forget);
			this.lasting.nextGeneration();
		}
	}

	/** Save what epochs come from. */
	void putEpochs(LogStore.Batch batch) {
		batch.putMeta(EPOCHS, this.lasting.saved());
	}

	/** Save what epochs come from when topics are forgotten. */
	void putNextEpochs(LogStore.Batch batch) {
		batch.putMeta(EPOCHS, this.lasting.savedNext());
	}

	private void forget(TopicLog log) {
		// The other way round than it was made, so that a fresh one keeps its place.
		this.byName.remove(log.topic().value(), log);
		if (this.logs.remove(log.topic(), log)) {
			this.count.decrementAndGet();
		}
	}

	private <T extends TopicLog> Stream<T> all(Class<T> kind) {
		return this.logs.values().stream().filter(kind::isInstance).map(kind::cast);
	}

}
