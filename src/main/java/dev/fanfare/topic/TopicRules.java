package dev.fanfare.topic;

import java.util.List;

/**
 * Find the rule of a topic: the first whose pattern matches.
 *
 * @param rules in the order in which they are tried; the last one is for every topic
 */
public record TopicRules(List<TopicRule> rules) {

	public TopicRules {
		rules = List.copyOf(rules);
		if (rules.isEmpty() || !rules.getLast().pattern().value().equals("**")) {
			throw new IllegalArgumentException("The last rule must be for '**', every topic that no other is for.");
		}
	}

	/** Return the rule that the topic is under. */
	public TopicRule of(TopicName topic) {
		for (TopicRule rule : this.rules) {
			if (rule.pattern().matches(topic)) {
				return rule;
			}
		}
		throw new IllegalStateException("No rule is for topic '%s'".formatted(topic));
	}

}
