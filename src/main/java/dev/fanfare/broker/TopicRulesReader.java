package dev.fanfare.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.Durability;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Read {@code fanfare.topics}, and name the line of what is wrong there. */
final class TopicRulesReader {

	private static final String PREFIX = "fanfare.topics";

	private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

	private final Environment environment;

	private final DataSize maxPayload;

	TopicRulesReader(Environment environment, DataSize maxPayload) {
		this.environment = environment;
		this.maxPayload = maxPayload;
	}

	/**
	 * Read the rules.
	 * @throws InvalidTopicRules if they cannot be
	 */
	TopicRules read() {
		List<TopicProperties> items = Binder.get(this.environment)
			.bind(PREFIX, Bindable.listOf(TopicProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.orElse(List.of());
		List<TopicRule> rules = new ArrayList<>();
		for (TopicProperties item : items) {
			rules.add(rule(item, rules));
		}
		if (rules.isEmpty() || !rules.getLast().pattern().value().equals("**")) {
			throw wrong(Math.max(rules.size() - 1, 0), "pattern",
					"the last rule must be for '**', the topics that no other is for");
		}
		return new TopicRules(rules);
	}

	private TopicRule rule(TopicProperties item, List<TopicRule> before) {
		int number = before.size();
		TopicPattern pattern = pattern(item, number);
		before.stream().filter((rule) -> rule.pattern().covers(pattern)).findFirst().ifPresent((rule) -> {
			throw wrong(number, "pattern",
					"no topic gets to it, for the rule '%s' before it matches all of them; put it first"
						.formatted(rule.pattern()));
		});
		Duration window = item.idempotencyWindow();
		require(!window.isNegative() && window.compareTo(LONGEST_WINDOW) <= 0, number, "idempotency-window",
				"it must be between 0 (keys are refused) and 7d");
		Retention retention = retention(item, number);
		return new TopicRule(pattern, item.durability(), retention, maxPayload(item, retention, number), window,
				item.publishRate(), (item.access() != null) ? item.access().byAction() : Map.of());
	}

	private TopicPattern pattern(TopicProperties item, int number) {
		if (item.pattern() == null) {
			throw wrong(number, "pattern", "it is missing; it says which topics the rule is for, such as 'scores.**'");
		}
		try {
			return new TopicPattern(item.pattern());
		}
		catch (IllegalArgumentException ex) {
			throw wrong(number, "pattern", String.valueOf(ex.getMessage()));
		}
	}

	private Retention retention(TopicProperties item, int number) {
		TopicProperties.History history = item.history();
		if (item.durability() == Durability.NONE) {
			require(history == null, number, "durability",
					"none keeps nothing, so there can be no history; leave that out, or say memory or disk");
			return Retention.NOTHING;
		}
		TopicProperties.History given = (history != null) ? history : TopicProperties.History.DEFAULT;
		String none = "it must be more than 0; for topics without a history say durability: none";
		require(given.messages() > 0, number, "history.messages", none);
		require(given.bytes().toBytes() > 0, number, "history.bytes", none);
		require(given.age().isPositive(), number, "history.age", none);
		return new Retention(given.messages(), given.bytes().toBytes(), given.age());
	}

	private int maxPayload(TopicProperties item, Retention retention, int number) {
		DataSize payload = (item.maxPayload() != null) ? item.maxPayload() : this.maxPayload;
		require(payload.toBytes() > 0 && payload.compareTo(this.maxPayload) <= 0, number, "max-payload",
				"it must be between 1B and fanfare.broker.max-payload, %s".formatted(this.maxPayload));
		require(!retention.keeps() || payload.toBytes() <= retention.bytes(), number, "history.bytes",
				"it must have room for one publication of the largest payload, %s".formatted(payload));
		return (int) payload.toBytes();
	}

	private void require(boolean right, int number, String key, String otherwise) {
		if (!right) {
			throw wrong(number, key, otherwise);
		}
	}

	private InvalidTopicRules wrong(int number, String key, String why) {
		String name = "%s[%d].%s".formatted(PREFIX, number, key);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return new InvalidTopicRules(
						"%s is '%s' (%s): %s.".formatted(name, property.getValue(), property.getOrigin(), why));
			}
		}
		return new InvalidTopicRules("%s: %s.".formatted(name, why));
	}

}
