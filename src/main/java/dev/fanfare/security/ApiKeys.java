package dev.fanfare.security;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.fanfare.access.Caller;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Know the keys of back ends by their hashes. */
@Component
class ApiKeys implements SmartLifecycle {

	private final KeyProperties properties;

	private final boolean first;

	private final FirstKey firstKey;

	private volatile List<Known> known = List.of();

	ApiKeys(KeyProperties properties, TokenProperties tokens, FirstKey firstKey) {
		this.properties = properties;
		this.first = properties.keys().isEmpty() && !tokens.isConfigured();
		this.firstKey = firstKey;
	}

	@Override
	public void start() {
		List<KeyProperties.Item> items = this.first ? List.of(this.firstKey.readOrMake()) : this.properties.keys();
		this.known = items.stream().map(Known::of).toList();
	}

	@Override
	public void stop() {
		this.known = List.of();
	}

	@Override
	public boolean isRunning() {
		return !this.known.isEmpty();
	}

	/** Come after the engine, which says what is wrong with the data folder. */
	@Override
	public int getPhase() {
		return 0;
	}

	/** Return whose key this is, if it is one. */
	Optional<Caller.Key> find(String key) {
		byte[] digest = ApiKey.digest(key);
		Caller.Key found = null;
		// All are compared, so that the time tells nothing.
		for (Known each : this.known) {
			if (MessageDigest.isEqual(each.digest(), digest)) {
				found = each.caller();
			}
		}
		return Optional.ofNullable(found);
	}

	private record Known(byte[] digest, Caller.Key caller) {

		private static Known of(KeyProperties.Item item) {
			return new Known(HexFormat.of().parseHex(item.hash().substring("sha256:".length())),
					new Caller.Key(item.name(), item.grants()));
		}

	}

}
