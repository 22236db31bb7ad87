package dev.fanfare.demo.vote;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Page;
import dev.fanfare.broker.Stored;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.IdempotencyKey;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Write what is done to a poll into its topic, and read it from there. */
final class PollLog {

	private static final Map<String, String> JSON = Map.of(Draft.CONTENT_TYPE, "application/json");

	private static final Caller APPLICATION = new Caller.Application();

	private static final int PAGE = 1_000;

	private final Broker broker;

	private final JsonMapper json;

	private final TopicName topic;

	PollLog(Broker broker, JsonMapper json, TopicName topic) {
		this.broker = broker;
		this.json = json;
		this.topic = topic;
	}

	/**
	 * Add an entry; when this returns, the disk has it.
	 * @param key names this entry, which is then stored once
	 */
	Stored append(Entry entry, @Nullable IdempotencyKey key) {
		Draft draft = new Draft(this.topic, JSON, this.json.writeValueAsBytes(entry), key);
		return this.broker.publish(APPLICATION, draft);
	}

	/** Read on after that offset; an empty page is the end. */
	Page readAfter(long offset) {
		return this.broker.read(APPLICATION, this.topic, offset, PAGE);
	}

	Entry entry(Publication publication) {
		return this.json.readValue(publication.body(), Entry.class);
	}

	/**
	 * Return how the poll was opened if it is closed, by its time or by its end: as its
	 * first and last entry say, so that nothing has to be counted.
	 */
	Optional<Entry.Opened> openedIfOver(long now) {
		return entryAfter(0).filter(Entry.Opened.class::isInstance)
			.map(Entry.Opened.class::cast)
			.filter((opened) -> opened.poll().closes() <= now
					|| entryAfter(state().position().offset() - 1).filter(Entry.Closed.class::isInstance).isPresent());
	}

	private Optional<Entry> entryAfter(long offset) {
		return this.broker.read(APPLICATION, this.topic, offset, 1)
			.publications()
			.stream()
			.findFirst()
			.map(this::entry);
	}

	TopicState state() {
		return this.broker.state(APPLICATION, this.topic);
	}

	/**
	 * Tell whether so many entries more would have it forget its first ones, without
	 * which nothing can be counted.
	 */
	boolean isFull(int more) {
		Retention kept = this.broker.rule(this.topic).retention();
		TopicState state = state();
		long each = 1 + state.bytes() / Math.max(1, state.count());
		return state.count() + more > kept.messages() || state.bytes() + more * each > kept.bytes();
	}

}
