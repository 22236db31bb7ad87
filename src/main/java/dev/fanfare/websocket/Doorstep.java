package dev.fanfare.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.limits.Address;

/**
 * Keep the connections that speak HTTP, and know which of them have asked for nothing for
 * how long: <pre>
 *   arrives --&gt; silent --asks--&gt; busy --answered--&gt; quiet --asks--&gt; busy ...
 *                 |                       |           |
 *              overdue                 upgraded    overdue: half of a request takes no longer than a whole one
 * </pre> Who never asks is bounded for each address, and in all: when there are too many,
 * those who have been silent for the longest make room. Addresses whose connections were
 * silent lately are remembered, a bounded number of them.
 * <p>
 * Asking and having been answered cost a look at a map each, and no lock.
 */
final class Doorstep {

	/** Connections of one address that have asked for nothing yet. */
	private static final int MOST_SILENT_OF_ONE = 256;

	/** Connections of all that have asked for nothing yet. */
	private static final int MOST_SILENT = 8192;

	/** Silent connections that make room together. */
	private static final int MOST_CLOSED = 64;

	/** Silent connections for which an address is suspected. */
	private static final int SUSPECT = 4;

	private static final int MOST_REMEMBERED = 64;

	/** Addresses that are remembered. */
	private static final int MOST_SUSPECTS = 1024;

	/** After how long a connection is held to be silent on purpose. */
	private static final Duration SILENCE = Duration.ofSeconds(3);

	/** After how long it is, when it leaves without having asked. */
	private static final Duration SILENCE_OF_LEAVERS = Duration.ofMillis(100);

	/** How long it takes until one silent connection is forgiven. */
	private static final long FORGIVEN_NANOS = Duration.ofSeconds(1).toNanos();

	private final Map<Object, Visit> visits = new ConcurrentHashMap<>();

	/** How many of each address have never asked; it has no entry for none. */
	private final Map<Address, Integer> silent = new ConcurrentHashMap<>();

	/**
	 * When those who were silent are forgiven; the eldest goes when there are too many.
	 */
	private final Map<Address, Long> suspects = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Address, Long> eldest) {
			return size() > MOST_SUSPECTS;
		}

	};

	/**
	 * Let connections go where as many as may be ask for nothing: those that have been
	 * silent for the longest, of suspects first.
	 * @return those that are to be closed, a few together, so that few newcomers have to
	 * wait for this
	 */
	List<Object> makeRoom(long now) {
		if (this.visits.size() < MOST_SILENT || countSilent() < MOST_SILENT) {
			return List.of();
		}
		List<Object> closing = this.visits.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().known.get())
			.map((entry) -> new Silent(entry.getKey(), isSuspect(entry.getValue().from, now),
					now - entry.getValue().quietSince))
			.sorted(Comparator.comparing(Silent::suspect).thenComparing(Silent::nanos).reversed())
			.limit(MOST_CLOSED)
			.map(Silent::channel)
			.toList();
		closing.forEach((channel) -> gone(channel, now));
		return closing;
	}

	/** Take a connection in, unless its address has too many that ask for nothing. */
	boolean arrives(Object channel, Address from, long now) {
		if (this.silent.merge(from, 1, Integer::sum) > MOST_SILENT_OF_ONE) {
			speaks(from);
			return false;
		}
		this.visits.put(channel, new Visit(from, now));
		return true;
	}

	/**
	 * Note that a request has come.
	 * @return whether it is the first of its connection
	 */
	boolean asks(Object channel) {
		Visit visit = this.visits.get(channel);
		if (visit == null) {
			return false;
		}
		visit.requests.incrementAndGet();
		if (visit.known.get() || !visit.known.compareAndSet(false, true)) {
			return false;
		}
		speaks(visit.from);
		if (visit.suspected) {
			// The server was slow, not the client.
			forgive(visit);
		}
		return true;
	}

	/** Note that a request was answered; the next may have come before this is told. */
	void answered(Object channel, long now) {
		Visit visit = this.visits.get(channel);
		if (visit != null) {
			visit.quietSince = now;
			visit.requests.decrementAndGet();
		}
	}

	/** Let a connection go: it is closed, or speaks something else from now on. */
	void gone(Object channel, long now) {
		Visit visit = this.visits.remove(channel);
		if (visit != null && visit.known.compareAndSet(false, true)) {
			speaks(visit.from);
			if (now - visit.quietSince > SILENCE_OF_LEAVERS.toNanos()) {
				suspect(visit, now);
			}
		}
	}

	/** Tell whether connections of the address were silent lately. */
	boolean isSuspect(Address from, long now) {
		synchronized (this.suspects) {
			Long forgiven = this.suspects.get(from);
			return forgiven != null && forgiven - now > SUSPECT * FORGIVEN_NANOS;
		}
	}

	/**
	 * Look who is silent, and return the connections to be closed.
	 * @param first how long a connection has for its first request
	 * @param next how long it has from an answer to its next request
	 */
	List<Object> overdue(long now, Duration first, Duration next) {
		List<Object> overdue = new ArrayList<>();
		this.visits.forEach((channel, visit) -> {
			long quiet = now - visit.quietSince;
			if (!visit.known.get() && quiet > SILENCE.toNanos()) {
				suspect(visit, now);
			}
			if (visit.requests.get() == 0 && quiet > (visit.known.get() ? next : first).toNanos()) {
				overdue.add(channel);
			}
		});
		return overdue;
	}

	/** Return how many connections speak HTTP. */
	int size() {
		return this.visits.size();
	}

	private int countSilent() {
		return this.silent.values().stream().mapToInt(Integer::intValue).sum();
	}

	private void speaks(Address from) {
		this.silent.computeIfPresent(from, (same, count) -> (count > 1) ? count - 1 : null);
	}

	private void suspect(Visit visit, long now) {
		if (visit.suspected) {
			return;
		}
		visit.suspected = true;
		synchronized (this.suspects) {
			Long forgiven = this.suspects.remove(visit.from);
			long from = (forgiven != null) ? Math.max(forgiven, now) : now;
			this.suspects.put(visit.from, Math.min(from + FORGIVEN_NANOS, now + MOST_REMEMBERED * FORGIVEN_NANOS));
		}
	}

	private void forgive(Visit visit) {
		synchronized (this.suspects) {
			this.suspects.computeIfPresent(visit.from, (same, forgiven) -> forgiven - FORGIVEN_NANOS);
		}
	}

	private record Silent(Object channel, boolean suspect, long nanos) {
	}

	private static final class Visit {

		private final Address from;

		/** Those that have come and are not answered. */
		private final AtomicInteger requests = new AtomicInteger();

		private volatile long quietSince;

		/** Whether it has asked for anything yet, or is gone. */
		private final AtomicBoolean known = new AtomicBoolean();

		private volatile boolean suspected;

		private Visit(Address from, long now) {
			this.from = from;
			this.quietSince = now;
		}

	}

}
