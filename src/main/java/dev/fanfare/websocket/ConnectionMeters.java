package dev.fanfare.websocket;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Show what connections carry, how far they are behind, and why they end. Those that are
 * open are looked at when somebody wants to know.
 */
final class ConnectionMeters {

	private final MeterRegistry registry;

	/**
	 * Guards that a connection is among the open or in the traffic of those that have
	 * ended, not in both or neither: what is counted never becomes less.
	 */
	private final ReentrantLock ending = new ReentrantLock();

	/** Kept, as gauges keep nothing. */
	private final Collection<Outbox> open;

	private final Map<ConnectionKind, Traffic> traffic = new EnumMap<>(ConnectionKind.class);

	private final Map<String, Counter> closed = new HashMap<>();

	private final Map<String, Counter> dropped = new HashMap<>();

	ConnectionMeters(MeterRegistry registry, Collection<Outbox> open) {
		this.registry = registry;
		this.open = open;
		for (ConnectionKind kind : ConnectionKind.values()) {
			this.traffic.put(kind, bound(kind));
		}
		for (String reason : reasons()) {
			this.closed.put(reason, registry.counter("fanfare.connections.closed", "reason", reason));
			this.dropped.put(reason, registry.counter("fanfare.dropped.messages", "reason", reason));
		}
		Gauge.builder("fanfare.outbox", open, (all) -> all.stream().mapToLong(Outbox::unsent).sum())
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("fanfare.outbox.largest", open, (all) -> all.stream().mapToLong(Outbox::unsent).max().orElse(0))
			.baseUnit("bytes")
			.register(registry);
	}

	/** Return where connections of a kind are to count. */
	Traffic traffic(ConnectionKind kind) {
		return Objects.requireNonNull(this.traffic.get(kind));
	}

	/**
	 * Keep what a connection has carried, when it is no longer among the open.
	 * @param removed takes it away from those, and tells whether it was there
	 * @return whether it was
	 */
	boolean ends(Outbox outbox, BooleanSupplier removed) {
		this.ending.lock();
		try {
			boolean open = removed.getAsBoolean();
			if (open) {
				traffic(outbox.kind()).add(outbox);
			}
			return open;
		}
		finally {
			this.ending.unlock();
		}
	}

	/** Note that a connection has ended for a reason, and what it was not sent. */
	void closed(String reason, long dropped) {
		Objects.requireNonNull(this.closed.get(reason)).increment();
		Objects.requireNonNull(this.dropped.get(reason)).increment(dropped);
	}

	private Traffic bound(ConnectionKind kind) {
		Traffic traffic = new Traffic(kind);
		Gauge
			.builder("fanfare.connections", this.open,
					(all) -> all.stream().filter((each) -> each.kind() == kind).count())
			.tag("kind", kind.word())
			.register(this.registry);
		count("fanfare.connections.opened", traffic, (all) -> all.opened().sum());
		count("fanfare.sent.messages", traffic, (all) -> sum(all, Traffic::sentMessages, Outbox::sentMessages));
		count("fanfare.sent.bytes", traffic, (all) -> sum(all, Traffic::sentBytes, Outbox::sentBytes));
		count("fanfare.received.messages", traffic,
				(all) -> sum(all, Traffic::receivedMessages, Outbox::receivedMessages));
		count("fanfare.received.bytes", traffic, (all) -> sum(all, Traffic::receivedBytes, Outbox::receivedBytes));
		return traffic;
	}

	private void count(String name, Traffic traffic, ToDoubleFunction<Traffic> sum) {
		FunctionCounter.builder(name, traffic, sum).tag("kind", traffic.kind().word()).register(this.registry);
	}

	/** Add up what those have carried that have ended and those that are open. */
	private double sum(Traffic ended, Function<Traffic, LongAdder> ofEnded, ToLongFunction<Outbox> ofOne) {
		this.ending.lock();
		try {
			long carried = ofEnded.apply(ended).sum();
			for (Outbox each : this.open) {
				if (each.kind() == ended.kind()) {
					carried += ofOne.applyAsLong(each);
				}
			}
			return carried;
		}
		finally {
			this.ending.unlock();
		}
	}

	/** Return all words for the end of a connection. */
	private static Set<String> reasons() {
		Set<String> reasons = new TreeSet<>(Connections.REASONS_OF_CLIENTS);
		for (CloseReason reason : CloseReason.values()) {
			reasons.add(reason.word());
		}
		return reasons;
	}

}
