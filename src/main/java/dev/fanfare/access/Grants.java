package dev.fanfare.access;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;

/**
 * Say what a token or a key lets its bearer do.
 *
 * @param topics for each action, the topics it may be done with
 * @param operate whether it is an operator's
 */
public record Grants(Map<Action, List<TopicPattern>> topics, boolean operate) {

	/** Let nothing be done. */
	public static final Grants NONE = new Grants(Map.of(), false);

	private static final String ALL = "**";

	public Grants {
		Map<Action, List<TopicPattern>> copy = new EnumMap<>(Action.class);
		topics.forEach((action, patterns) -> copy.put(action, List.copyOf(patterns)));
		topics = copy;
	}

	/** Tell whether the action may be done with the topic. */
	boolean allow(Action action, TopicName topic) {
		// A loop: every publication comes by here.
		for (TopicPattern pattern : this.topics.getOrDefault(action, List.of())) {
			if (pattern.matches(topic)) {
				return true;
			}
		}
		return false;
	}

	/** Tell whether the action may be done with any topic at all. */
	boolean allowSome(Action action) {
		return !this.topics.getOrDefault(action, List.of()).isEmpty();
	}

	/** Tell whether the action may be done with every topic. */
	boolean allow(Action action) {
		return this.topics.getOrDefault(action, List.of()).stream().anyMatch((each) -> each.value().equals(ALL));
	}

}
