package dev.fanfare.security;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.fanfare.access.Grants;
import dev.fanfare.access.NotAdmitted;
import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Read what a token grants: <pre>
 *   "fanfare": { "subscribe": ["scores.**", "inbox.{user}"], "publish": ["chat.*"], "operate": true }
 * </pre> Who may subscribe may read the history and see who is there, where the token
 * does not say otherwise.
 */
final class ClaimedGrants {

	static final String CLAIM = "fanfare";

	private static final String OPERATE = "operate";

	private static final String USER = "{user}";

	/** Names that are one part of a topic's name, and nothing but that. */
	private static final Pattern ONE_PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_:-]*");

	private ClaimedGrants() {
	}

	static Grants read(@Nullable Object claim, String user) {
		if (claim == null) {
			return Grants.NONE;
		}
		if (!(claim instanceof Map<?, ?> given)) {
			throw NotAdmitted.invalid("The token's claim fanfare must be an object of lists of patterns.");
		}
		Map<Action, List<TopicPattern>> topics = new EnumMap<>(Action.class);
		Set<String> names = new TreeSet<>(Set.of(OPERATE));
		for (Action action : Action.values()) {
			String name = action.name().toLowerCase(Locale.ROOT);
			names.add(name);
			Object patterns = given.get(name);
			if (patterns != null) {
				topics.put(action, patterns(name, patterns, user));
			}
		}
		given.keySet().stream().filter((name) -> !names.contains(name)).findFirst().ifPresent((name) -> {
			throw NotAdmitted.invalid("The token's claim fanfare has '%s'; there are %s."
				.formatted(Printable.of(String.valueOf(name)), names));
		});
		List<TopicPattern> subscribe = topics.getOrDefault(Action.SUBSCRIBE, List.of());
		topics.putIfAbsent(Action.HISTORY, subscribe);
		topics.putIfAbsent(Action.PRESENCE, subscribe);
		return new Grants(topics, operate(given.get(OPERATE)));
	}

	private static boolean operate(@Nullable Object value) {
		if (value != null && !(value instanceof Boolean)) {
			throw NotAdmitted.invalid("The token's claim fanfare.operate must be true or false.");
		}
		return Boolean.TRUE.equals(value);
	}

	private static List<TopicPattern> patterns(String name, Object value, String user) {
		if (!(value instanceof List<?> items)) {
			throw NotAdmitted.invalid("The token's claim fanfare.%s must be a list of patterns.".formatted(name));
		}
		List<TopicPattern> patterns = new ArrayList<>();
		for (Object item : items) {
			String written = String.valueOf(item);
			// A name with dots or asterisks would reach into the topics of others.
			if (!written.contains(USER) || ONE_PART.matcher(user).matches()) {
				patterns.add(pattern(name, written, user));
			}
		}
		return patterns;
	}

	private static TopicPattern pattern(String name, String written, String user) {
		try {
			return new TopicPattern(written.replace(USER, user));
		}
		catch (IllegalArgumentException ex) {
			throw NotAdmitted
				.invalid("The token's claim fanfare.%s has '%s', which is no pattern of topic names, such as scores.**."
					.formatted(name, Printable.of(written)));
		}
	}

}
