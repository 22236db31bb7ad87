package dev.fanfare.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.fanfare.access.Caller;
import dev.fanfare.topic.Rate;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bound what each connection, user, address and the whole node may have and do: the one
 * place where it is counted, for every edge.
 * <p>
 * What a caller does counts for the node and for its owner: the user, or the address of a
 * guest. Keys are trusted with as much as the node takes. Connections count for their
 * address in any case.
 */
@Component
public class Limits {

	static final String NODE = "node";

	private static final String OF_TOPIC = "topic.publish-rate";

	private final LimitsProperties properties;

	private final MeterRegistry meters;

	private final TimeMeter clock;

	private final List<Network> exempt;

	private final Scope<String> users;

	private final Scope<Address> addresses;

	/**
	 * What addresses may show that does not let them in. Apart from what guests do, who
	 * would else keep users of the same address out.
	 */
	private final Scope<Address> guesses;

	private final Scope<String> node;

	private final Unfinished unfinished;

	private final Visitor inside;

	@Autowired
	Limits(LimitsProperties properties, MeterRegistry meters) {
		this(properties, meters, TimeMeter.SYSTEM_NANOTIME);
	}

	Limits(LimitsProperties properties, MeterRegistry meters, TimeMeter clock) {
		this.properties = properties;
		this.meters = meters;
		this.clock = clock;
		this.exempt = properties.networks();
		this.users = scope("user", properties.user().ceilings());
		this.addresses = scope("address", properties.address().ceilings());
		this.guesses = new Scope<Address>("address").rate(Kind.HTTP_REQUESTS,
				properties.address().ceilings().httpRequests(), properties.maxTracked(), clock);
		this.node = scope(NODE, properties.node().ceilings());
		this.unfinished = new Unfinished(properties.unfinished().toBytes());
		Gauge.builder("fanfare.limits.unfinished", this.unfinished, Unfinished::all).baseUnit("bytes").register(meters);
		refusals("unfinished");
		own().keySet().forEach((kind) -> refusals(ofConnection(kind)));
		this.inside = new Visitor(this, null, properties.patience());
	}

	private <K> Scope<K> scope(String name, LimitsProperties.Ceilings most) {
		int tracked = this.properties.maxTracked();
		Scope<K> scope = new Scope<K>(name).most(Kind.CONNECTIONS, most.connections())
			.most(Kind.SUBSCRIPTIONS, most.subscriptions())
			.rate(Kind.CONNECTS, most.connects(), tracked, this.clock)
			.rate(Kind.PUBLISHES, most.publishes(), tracked, this.clock)
			.rate(Kind.BYTES_IN, most.bytesIn(), tracked, this.clock)
			.rate(Kind.BYTES_OUT, most.bytesOut(), tracked, this.clock)
			.rate(Kind.HTTP_REQUESTS, most.httpRequests(), tracked, this.clock);
		for (Kind kind : Kind.values()) {
			if (scope.limits(kind)) {
				refusals(scope.limit(kind));
			}
		}
		return scope;
	}

	/** Return the visitor that code of the application is, which comes from nowhere. */
	public Visitor inside() {
		return this.inside;
	}

	/**
	 * Return who comes with one request. It is refused rather than held up.
	 * @param address as the server knows it, or as its proxy says
	 */
	public Visitor visitor(String address) {
		return new Visitor(this, limited(address), Duration.ZERO);
	}

	/**
	 * Let a connection in.
	 * @param address as the server knows it, or as its proxy says
	 * @return to be closed when the connection is
	 * @throws LimitReached if there are too many
	 */
	public Seat enter(String address) {
		Address from = limited(address);
		return told(() -> {
			Hold held = this.node.hold(Kind.CONNECTIONS, NODE);
			try {
				if (from != null) {
					held = held.and(this.addresses.hold(Kind.CONNECTIONS, from));
				}
				List<Allowance.Charge> charges = new ArrayList<>(2);
				add(charges, (from != null) ? this.addresses.allowance(Kind.CONNECTS, from) : null, 1);
				add(charges, this.node.allowance(Kind.CONNECTS, NODE), 1);
				Allowance.take(charges, Duration.ZERO);
			}
			catch (LimitReached ex) {
				held.close();
				throw ex;
			}
			return new Seat(this, from, this.properties.patience(), (from != null) ? own() : Map.of(), held);
		});
	}

	/** Make what the topics of a rule allow, if that is limited. */
	public @Nullable Allowances<TopicName> topics(TopicRule rule) {
		if (!rule.publishRate().isLimit()) {
			return null;
		}
		refusals(OF_TOPIC);
		String setting = "publish-rate of '%s' in fanfare.topics".formatted(rule.pattern());
		return new Allowances<>(() -> new Allowance(OF_TOPIC, setting, Kind.PUBLISHES, rule.publishRate(), this.clock),
				rule.publishRate(), this.properties.maxTracked());
	}

	/** Change what is kept of things that are not ended. */
	void keep(@Nullable Address from, long bytes) {
		told(() -> {
			this.unfinished.change(from, bytes);
			return true;
		});
	}

	/** Tell whether anything limits the bytes that go out. */
	public boolean limitsBytesOut() {
		return this.properties.connection().bytesOut().isLimit() || this.users.limits(Kind.BYTES_OUT)
				|| this.addresses.limits(Kind.BYTES_OUT) || this.node.limits(Kind.BYTES_OUT);
	}

	/** Return what the address may still try to be let in, if that is limited. */
	@Nullable Allowance guesses(@Nullable Address from) {
		return (from != null) ? this.guesses.allowance(Kind.HTTP_REQUESTS, from) : null;
	}

	/** Take from everything that counts this, all or nothing, and wait as it says. */
	void take(Kind kind, Caller caller, Visitor visitor, long amount, List<Allowance> more) {
		if (caller instanceof Caller.Application) {
			return;
		}
		List<Allowance.Charge> charges = charges(kind, caller, visitor, amount, more);
		if (!charges.isEmpty()) {
			pause(told(() -> Allowance.take(charges, visitor.patience())));
		}
	}

	/** Take as {@link #take} does, without waiting. */
	void note(Kind kind, Caller caller, Visitor visitor, long amount) {
		List<Allowance.Charge> charges = charges(kind, caller, visitor, amount, List.of());
		if (!charges.isEmpty()) {
			told(() -> Allowance.take(charges, this.properties.patience()));
		}
	}

	/** Count one more for the node and for whom it belongs to. */
	Hold hold(Kind kind, Caller caller, Visitor visitor) {
		if (caller instanceof Caller.Application) {
			return Hold.NOTHING;
		}
		return told(() -> {
			Hold ofNode = this.node.hold(kind, NODE);
			try {
				return ofNode.and(ofOwner(kind, caller, visitor));
			}
			catch (LimitReached ex) {
				ofNode.close();
				throw ex;
			}
		});
	}

	/** Count a connection for its user, where it has one. */
	Hold holdConnection(Caller caller) {
		if (!(caller instanceof Caller.User known)) {
			return Hold.NOTHING;
		}
		String user = known.name();
		return told(() -> {
			Hold held = this.users.hold(Kind.CONNECTIONS, user);
			try {
				List<Allowance.Charge> charges = new ArrayList<>(1);
				add(charges, this.users.allowance(Kind.CONNECTS, user), 1);
				Allowance.take(charges, Duration.ZERO);
				return held;
			}
			catch (LimitReached ex) {
				held.close();
				throw ex;
			}
		});
	}

	private Hold ofOwner(Kind kind, Caller caller, Visitor visitor) {
		return switch (caller) {
			case Caller.User user -> this.users.hold(kind, user.name());
			case Caller.Guest _ when visitor.address() != null -> this.addresses.hold(kind, visitor.address());
			case Caller.Guest _, Caller.Key _, Caller.Application _ -> Hold.NOTHING;
		};
	}

	/** Return what counts this, which mostly is nothing. */
	private List<Allowance.Charge> charges(Kind kind, Caller caller, Visitor visitor, long amount,
			List<Allowance> more) {
		Allowance own = visitor.own(kind);
		Allowance owned = owned(kind, caller, visitor);
		Allowance ofNode = this.node.allowance(kind, NODE);
		if (own == null && owned == null && ofNode == null && more.isEmpty()) {
			return List.of();
		}
		List<Allowance.Charge> charges = new ArrayList<>(3 + more.size());
		add(charges, own, amount);
		add(charges, owned, amount);
		add(charges, ofNode, amount);
		for (Allowance each : more) {
			add(charges, each, 1);
		}
		return charges;
	}

	private @Nullable Allowance owned(Kind kind, Caller caller, Visitor visitor) {
		return switch (caller) {
			case Caller.User user -> this.users.allowance(kind, user.name());
			case Caller.Guest _ when visitor.address() != null -> this.addresses.allowance(kind, visitor.address());
			case Caller.Guest _, Caller.Key _, Caller.Application _ -> null;
		};
	}

	private static void add(List<Allowance.Charge> charges, @Nullable Allowance allowance, long amount) {
		if (allowance != null) {
			charges.add(new Allowance.Charge(allowance, amount));
		}
	}

	/** Make what a connection may do by itself. */
	private Map<Kind, Allowance> own() {
		Map<Kind, Allowance> own = new EnumMap<>(Kind.class);
		own(own, Kind.PUBLISHES, this.properties.connection().publishes());
		own(own, Kind.BYTES_IN, this.properties.connection().bytesIn());
		own(own, Kind.BYTES_OUT, this.properties.connection().bytesOut());
		return own;
	}

	private void own(Map<Kind, Allowance> own, Kind kind, Rate rate) {
		if (rate.isLimit()) {
			String limit = ofConnection(kind);
			own.put(kind, new Allowance(limit, "fanfare.limits." + limit, kind, rate, this.clock));
		}
	}

	private static String ofConnection(Kind kind) {
		return "connection." + kind.word();
	}

	private @Nullable Address limited(String text) {
		Address address = Address.of(text);
		// A loop: every request comes by here.
		for (Network network : this.exempt) {
			if (network.contains(address)) {
				return null;
			}
		}
		return address;
	}

	<T> T told(Supplier<T> attempt) {
		try {
			return attempt.get();
		}
		catch (LimitReached ex) {
			refusals(ex.limit()).increment();
			throw ex;
		}
	}

	/** Count refusals of a limit, from the start, so that it can be watched. */
	private Counter refusals(String limit) {
		return this.meters.counter("fanfare.limits.refused", "limit", limit);
	}

	private static void pause(long nanos) {
		if (nanos <= 0) {
			return;
		}
		try {
			Thread.sleep(Duration.ofNanos(nanos));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
