package dev.fanfare.security;

import java.util.List;
import java.util.Map;
import java.util.EnumMap;
import java.util.Set;
import java.util.TreeSet;

import dev.fanfare.access.Grants;
import dev.fanfare.topic.Action;
import dev.fanfare.topic.TopicPattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure the keys of back ends.
 *
 * @param keys the keys, of which the server knows hashes alone
 */
@ConfigurationProperties("fanfare.access")
record KeyProperties(@DefaultValue List<Item> keys) {

	private static final int MOST = 1000;

	KeyProperties {
		Assert.isTrue(keys.size() <= MOST,
				() -> "fanfare.access.keys has %d keys: there can be %d".formatted(keys.size(), MOST));
		Set<String> known = new TreeSet<>();
		for (Item key : keys) {
			Assert.isTrue(known.add("name " + key.name()),
					() -> "fanfare.access.keys has two keys with the name '%s'".formatted(key.name()));
			Assert.isTrue(known.add("hash " + key.hash()),
					() -> "fanfare.access.keys has a hash twice, that of key '%s'".formatted(key.name()));
		}
	}

	/** Say what a key is for. */
	enum Scope {

		/** Publishing. */
		PUBLISH,

		/** Subscribing, histories and presence. */
		READ,

		/** What is for operators, and having topics forget. */
		OPERATE

	}

	/**
	 * Describe a key.
	 *
	 * @param name what it is called in messages
	 * @param hash its hash, as {@code java -jar fanfare.jar key} prints it
	 * @param scopes what it is for
	 * @param topics the patterns of the topics it is for
	 */
	record Item(@DefaultValue("") String name, @DefaultValue("") String hash, @DefaultValue Set<Scope> scopes,
			@DefaultValue List<String> topics) {

		Item {
			Assert.isTrue(name.matches("[A-Za-z0-9._-]{1,64}"), () -> ("fanfare.access.keys has a key with the name "
					+ "'%s': it must be 1 to 64 letters, digits and . _ -")
				.formatted(name));
			Assert.isTrue(hash.matches("sha256:[0-9a-f]{64}"),
					() -> ("The hash of key '%s' in fanfare.access.keys is not one: it must be sha256: and 64 hex digits, "
							+ "as `java -jar fanfare.jar key` prints it")
						.formatted(name));
			Assert.isTrue(!scopes.isEmpty(),
					() -> "Key '%s' in fanfare.access.keys has no scopes: say publish, read or operate"
						.formatted(name));
			Assert.isTrue(!topics.isEmpty() || scopes.equals(Set.of(Scope.OPERATE)),
					() -> "Key '%s' in fanfare.access.keys has no topics: say which, or \"**\" for all"
						.formatted(name));
			topics.forEach(TopicPattern::new);
		}

		Grants grants() {
			List<TopicPattern> patterns = this.topics.stream().map(TopicPattern::new).toList();
			Map<Action, List<TopicPattern>> granted = new EnumMap<>(Action.class);
			if (this.scopes.contains(Scope.PUBLISH)) {
				granted.put(Action.PUBLISH, patterns);
			}
			if (this.scopes.contains(Scope.READ)) {
				granted.put(Action.SUBSCRIBE, patterns);
				granted.put(Action.HISTORY, patterns);
				granted.put(Action.PRESENCE, patterns);
			}
			boolean operate = this.scopes.contains(Scope.OPERATE);
			if (operate) {
				granted.put(Action.RESET, patterns.isEmpty() ? List.of(new TopicPattern("**")) : patterns);
			}
			return new Grants(granted, operate);
		}

	}

}
