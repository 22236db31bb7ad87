package dev.fanfare.engine.embedded;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.fanfare.broker.Engine;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Order publications in memory: a topic's positions begin a new epoch at every start. */
@Component
class EmbeddedEngine implements Engine {

	private final EmbeddedProperties properties;

	private final Clock clock;

	private final Map<TopicName, TopicLog> logs = new ConcurrentHashMap<>();

	private Consumer<Publication> announce = (publication) -> {
	};

	EmbeddedEngine(EmbeddedProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public void start(Consumer<Publication> announce) {
		this.announce = announce;
	}

	@Override
	public List<Position> append(List<Draft> drafts) {
		SortedMap<TopicName, TopicLog> locked = lock(drafts);
		try {
			long now = this.clock.millis();
			return drafts.stream()
				.map((draft) -> Objects.requireNonNull(locked.get(draft.topic())).append(draft, now, this.announce))
				.toList();
		}
		finally {
			locked.values().forEach(TopicLog::unlock);
		}
	}

	/** Forget the topics that nobody has published to for long. */
	@Scheduled(fixedDelay = 60_000)
	void retireIdleTopics() {
		long now = this.clock.millis();
		this.logs.forEach((topic, log) -> {
			log.lock();
			try {
				if (log.retire(now, this.properties.topicExpiry())) {
					this.logs.remove(topic, log);
				}
			}
			finally {
				log.unlock();
			}
		});
	}

	/**
	 * Lock the drafts' topics in the order of their names, so that two batches cannot
	 * wait for each other.
	 */
	private SortedMap<TopicName, TopicLog> lock(List<Draft> drafts) {
		SortedMap<TopicName, TopicLog> locked = new TreeMap<>();
		drafts.forEach((draft) -> locked.computeIfAbsent(draft.topic(), this::log));
		locked.replaceAll((topic, log) -> locked(topic, log));
		return locked;
	}

	private TopicLog locked(TopicName topic, TopicLog found) {
		TopicLog log = found;
		log.lock();
		while (log.retired()) {
			// Forgotten between finding and locking it; the next one is fresh and takes
			// its place.
			log.unlock();
			log = this.logs.computeIfAbsent(topic, (name) -> new TopicLog());
			log.lock();
		}
		return log;
	}

	private TopicLog log(TopicName topic) {
		TopicLog log = this.logs.get(topic);
		if (log != null) {
			return log;
		}
		if (this.logs.size() >= this.properties.maxTopics()) {
			throw new TooManyTopics(topic, this.properties.maxTopics());
		}
		return this.logs.computeIfAbsent(topic, (name) -> new TopicLog());
	}

}
