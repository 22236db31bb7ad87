package dev.fanfare.demo.game;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Page;
import dev.fanfare.broker.Stored;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import tools.jackson.databind.json.JsonMapper;

/** Keep the events of one game in its topic, as JSON. */
final class GameLog {

	private static final Caller APPLICATION = new Caller.Application();

	/** How long readers who are behind may hold up a move. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Map<String, String> HEADERS = Map.of(Draft.CONTENT_TYPE, "application/json");

	private final Broker broker;

	private final JsonMapper json;

	private final TopicName topic;

	GameLog(Broker broker, JsonMapper json, TopicName topic) {
		this.broker = broker;
		this.json = json;
		this.topic = topic;
	}

	/**
	 * Publish all events, one directly after the other, or none.
	 * @return where the last one is
	 */
	Position append(List<GameEvent> events) {
		List<Draft> drafts = events.stream()
			.map((event) -> new Draft(this.topic, HEADERS,
					this.json.writerFor(GameEvent.class).writeValueAsBytes(event)))
			.toList();
		return this.broker.publish(APPLICATION, drafts, PATIENCE).stream().map(Stored::position).toList().getLast();
	}

	/** Read on after an offset. */
	Page read(long after, int limit) {
		return this.broker.read(APPLICATION, this.topic, after, limit);
	}

	GameEvent event(byte[] body) {
		return this.json.readValue(body, GameEvent.class);
	}

	/** Forget all of it; who reads it is told nothing. */
	void forget() {
		this.broker.reset(APPLICATION, this.topic);
	}

}
