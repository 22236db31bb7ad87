package dev.fanfare.websocket;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.concurrent.atomic.LongAdder;

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
		count("fanfare.connections.opened", traffic, Traffic::opened);
		count("fanfare.sent.messages", traffic, Traffic::sentMessages);
		count("fanfare.sent.bytes", traffic, Traffic::sentBytes);
		count("fanfare.received.messages", traffic, Traffic::receivedMessages);
		count("fanfare.received.bytes", traffic, Traffic::receivedBytes);
		return traffic;
	}

	private void count(String name, Traffic traffic, Function<Traffic, LongAdder> adder) {
		FunctionCounter.builder(name, traffic, (all) -> adder.apply(all).sum())
			.tag("kind", traffic.kind().word())
			.register(this.registry);
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
