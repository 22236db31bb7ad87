package dev.fanfare.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep the open connections and tell them the time: at each tick those that have
 * something on its way, and of the quiet ones those whose turn it is. <pre>
 *   busy    c7 c2                      all of them, at each tick
 *   wheel   [c1 c4] [] [c9] ... [c3]   one slot at each tick
 *            ^ now
 * </pre> A connection becomes busy when the network does not take at once what it is
 * sent; when a tick finds nothing on its way, it takes its place on the wheel again. So
 * the ten thousand who are silent cost a glance each second, and nobody has a timer of
 * its own.
 */
final class Watch {

	private static final Logger logger = LoggerFactory.getLogger(Watch.class);

	/** How long it is from one tick to the next. */
	static final Duration TICK = Duration.ofMillis(100);

	/** How many ticks a quiet connection is left alone at most. */
	private static final int LONGEST_REST = 10;

	private final Duration patience;

	private final Duration keepAlive;

	private final Duration closeTimeout;

	private final Map<Outbox, Watched> open = new ConcurrentHashMap<>();

	/** Those that became busy since the last tick. */
	private final Queue<Watched> woken = new ConcurrentLinkedQueue<>();

	/** Guards what follows; held for the whole of a tick. */
	private final ReentrantLock ticking = new ReentrantLock();

	private List<Watched> busy = new ArrayList<>();

	private final List<List<Watched>> wheel = new ArrayList<>(Collections.nCopies(LONGEST_REST + 1, List.of()));

	private int slot;

	Watch(WebSocketProperties properties) {
		this.patience = properties.patience();
		this.keepAlive = properties.keepAlive();
		this.closeTimeout = properties.closeTimeout();
	}

	/** Return all connections, which may come and go meanwhile. */
	Collection<Outbox> open() {
		return Collections.unmodifiableSet(this.open.keySet());
	}

	/**
	 * Make what is kept of a connection that is to be watched.
	 * @param every how often a quiet connection is told the time at least, where ticks
	 * are that often
	 */
	Watched watched(LongConsumer tick, Duration every) {
		long shortest = Math.min(every.toMillis(), this.keepAlive.toMillis() / 4);
		return new Watched(tick, (int) Math.clamp(shortest / TICK.toMillis(), 1, LONGEST_REST));
	}

	/** Begin to watch the connection that this outbox is for. */
	void add(Outbox outbox, Watched watched) {
		watched.outbox = outbox;
		this.open.put(outbox, watched);
		watched.wake();
	}

	/** Let a connection go, and tell whether it was there. */
	boolean remove(Outbox outbox) {
		Watched gone = this.open.remove(outbox);
		if (gone != null) {
			gone.gone = true;
		}
		return gone != null;
	}

	void tick() {
		this.ticking.lock();
		try {
			List<Watched> due = turn();
			takeWoken();
			Pace pace = Pace.of(this.busy.stream().map(Watched::outbox).toList(), this.open.keySet(), System.nanoTime(),
					this.patience.toNanos());
			for (Watched each : due) {
				each.onWheel = false;
				if (!each.gone && !each.busy.get()) {
					tell(each, pace);
					rest(each);
				}
			}
			List<Watched> still = new ArrayList<>();
			for (Watched each : this.busy) {
				if (!each.gone) {
					tell(each, pace);
					if (!each.calm()) {
						still.add(each);
					}
					else if (!each.onWheel) {
						rest(each);
					}
				}
			}
			this.busy = still;
		}
		finally {
			this.ticking.unlock();
		}
	}

	/** Turn the wheel by one slot and return what was in it. */
	private List<Watched> turn() {
		this.slot = (this.slot + 1) % this.wheel.size();
		return this.wheel.set(this.slot, new ArrayList<>());
	}

	private void takeWoken() {
		for (Watched next = this.woken.poll(); next != null; next = this.woken.poll()) {
			this.busy.add(next);
		}
	}

	private void tell(Watched each, Pace pace) {
		try {
			each.outbox().tick(pace, this.keepAlive.toNanos(), this.closeTimeout.toNanos());
			each.tick.accept(pace.now());
		}
		catch (RuntimeException ex) {
			// A fault in one connection; the others are told all the same.
			if (!each.outbox().isClosing()) {
				logger.error("Could not tell connection {} the time", each.outbox().id(), ex);
				each.outbox().close(CloseReason.INTERNAL_ERROR);
			}
		}
	}

	private void rest(Watched each) {
		each.onWheel = true;
		int next = (this.slot + each.rest) % this.wheel.size();
		if (this.wheel.get(next) instanceof ArrayList<Watched> place) {
			place.add(each);
		}
		else {
			this.wheel.set(next, new ArrayList<>(List.of(each)));
		}
	}

	/** Keep how often a connection is told the time. */
	final class Watched {

		private final LongConsumer tick;

		/** For how many ticks it is left alone when it is quiet. */
		private final int rest;

		/** Whether it is among the busy or about to be. */
		private final AtomicBoolean busy = new AtomicBoolean();

		private volatile boolean gone;

		private volatile @Nullable Outbox outbox;

		private boolean onWheel;

		private Watched(LongConsumer tick, int rest) {
			this.tick = tick;
			this.rest = rest;
		}

		private Outbox outbox() {
			Outbox watched = this.outbox;
			if (watched == null) {
				throw new IllegalStateException("A line that is not watched yet");
			}
			return watched;
		}

		/** Have the connection told the time at each tick, until it is quiet. */
		void wake() {
			if (!this.busy.get() && this.busy.compareAndSet(false, true)) {
				Watch.this.woken.add(this);
			}
		}

		/**
		 * Stop being busy if there is no reason to be, and tell whether it has: not when
		 * something was sent just now.
		 */
		private boolean calm() {
			if (!isQuiet()) {
				return false;
			}
			this.busy.set(false);
			return isQuiet() || !this.busy.compareAndSet(false, true);
		}

		private boolean isQuiet() {
			return outbox().isEmpty() && !outbox().isClosing() && !outbox().isSlow();
		}

	}

}
