package dev.fanfare.engine.embedded;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.fanfare.broker.Stored;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;

/**
 * Append drafts to their topics, all or none.
 * <p>
 * From planning until it is committed or undone, on one thread, the logs in memory are
 * locked, in the order of their topics' names, so that two of these cannot wait for each
 * other. Logs on disk belong to the thread.
 */
final class Appending {

	private final Topics topics;

	private final List<Draft> drafts;

	private final Consumer<List<Publication>> announce;

	private final List<Planned> planned;

	private Map<TopicName, TopicLog> logs = Map.of();

	Appending(Topics topics, List<Draft> drafts, Consumer<List<Publication>> announce) {
		this.topics = topics;
		this.drafts = drafts;
		this.announce = announce;
		this.planned = new ArrayList<>(drafts.size());
	}

	/**
	 * Plan all drafts.
	 * @throws dev.fanfare.topic.Refusal if one cannot be; then none is
	 */
	void plan(long now) {
		this.logs = this.topics.locked(this.drafts);
		try {
			for (Draft draft : this.drafts) {
				this.planned.add(log(draft.topic()).plan(draft, now));
			}
		}
		catch (RuntimeException ex) {
			undo();
			throw ex;
		}
	}

	void commit(long now) {
		try {
			List<Publication> publications = new ArrayList<>(this.planned.size());
			this.planned.forEach((each) -> each.commit().ifPresent(publications::add));
			this.announce.accept(publications);
			this.logs.values().forEach((log) -> trim(log, now));
		}
		finally {
			unlock();
		}
	}

	void undo() {
		this.planned.reversed().forEach(Planned::undo);
		unlock();
	}

	List<Planned> planned() {
		return this.planned;
	}

	/** Return the logs on disk that it appends to. */
	Set<DiskLog> onDisk() {
		Set<DiskLog> onDisk = new LinkedHashSet<>();
		for (TopicLog log : this.logs.values()) {
			if (log instanceof DiskLog found) {
				onDisk.add(found);
			}
		}
		return onDisk;
	}

	List<Stored> stored() {
		if (this.planned.size() == 1) {
			return List.of(this.planned.getFirst().stored());
		}
		return this.planned.stream().map(Planned::stored).toList();
	}

	private TopicLog log(TopicName topic) {
		TopicLog log = this.logs.get(topic);
		if (log == null) {
			throw new IllegalStateException("Topic '%s' is not locked".formatted(topic));
		}
		return log;
	}

	private void trim(TopicLog log, long now) {
		if (log instanceof MemoryLog inMemory) {
			inMemory.trim(now);
		}
	}

	private void unlock() {
		this.logs.values().forEach(Topics::unlock);
	}

}
