package dev.fanfare.stomp;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.fanfare.topic.ErrorType;

/**
 * Keep the subscriptions of one connection by their ids, as many as it may have.
 * <p>
 * Added and removed on the connection's thread, and on those of operators; {@link #end()}
 * may come at any time.
 */
final class StompSubscriptions {

	private final StompProperties limits;

	private final Map<String, StompSubscription> byId = new ConcurrentHashMap<>();

	private volatile boolean ended;

	StompSubscriptions(StompProperties limits) {
		this.limits = limits;
	}

	/**
	 * Keep a subscription until it is {@linkplain #remove removed}.
	 * @throws ProtocolViolation if its id is in use, or the connection has as many as it
	 * may
	 */
	void add(StompSubscription subscription) {
		if (this.byId.containsKey(subscription.id())) {
			throw inUse(subscription);
		}
		if (this.byId.size() >= this.limits.maxSubscriptions()) {
			throw new ProtocolViolation(ErrorType.TOO_MANY_SUBSCRIPTIONS,
					"A connection may have %d subscriptions at most (fanfare.stomp.max-subscriptions)."
						.formatted(this.limits.maxSubscriptions()));
		}
		if (this.byId.putIfAbsent(subscription.id(), subscription) != null) {
			throw inUse(subscription);
		}
		if (this.ended) {
			remove(subscription);
		}
	}

	private static ProtocolViolation inUse(StompSubscription subscription) {
		return new ProtocolViolation(ErrorType.DUPLICATE_SUBSCRIPTION,
				"Subscription id '%s' is in use on this connection; UNSUBSCRIBE it first or choose another."
					.formatted(subscription.id()));
	}

	/** Return all of them, which may come and go meanwhile. */
	Collection<StompSubscription> all() {
		return Collections.unmodifiableCollection(this.byId.values());
	}

	Optional<StompSubscription> find(String id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	/** Find one that waits for an ACK of that message. */
	Optional<StompSubscription> awaiting(String message) {
		return first((each) -> each.awaits(message));
	}

	/** Find one to that destination. */
	Optional<StompSubscription> to(String destination) {
		return first((each) -> each.destination().equals(destination));
	}

	/** End a subscription; nothing is sent to it from here on. */
	void remove(StompSubscription subscription) {
		this.byId.remove(subscription.id(), subscription);
		subscription.end();
	}

	/** End all of them, and those that are still to come. */
	void end() {
		this.ended = true;
		this.byId.values().forEach(this::remove);
	}

	private Optional<StompSubscription> first(Predicate<StompSubscription> wanted) {
		return this.byId.values().stream().filter(wanted).findFirst();
	}

}
