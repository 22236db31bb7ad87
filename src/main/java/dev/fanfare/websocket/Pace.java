package dev.fanfare.websocket;

import java.util.Collection;

/**
 * Tell which readers are slower than the others.
 * <p>
 * A reader is late when what was flushed to it has not been taken by the network for
 * longer than the patience. It is behind the others when at least as many as are late
 * have taken what was flushed to them no earlier; where most are late, the machine or the
 * network is at its limit, and ten times as much patience is right.
 *
 * @param now the time, by {@link System#nanoTime()}
 * @param patience in nanoseconds
 * @param others whether so many are ahead of those who are late
 */
record Pace(long now, long patience, boolean others) {

	/**
	 * Look at the readers.
	 * @param busy those who have something on its way, who may be late
	 * @param all these and the others
	 */
	static Pace of(Collection<Outbox> busy, Collection<Outbox> all, long now, long patience) {
		int late = 0;
		long earliest = now;
		for (Outbox reader : busy) {
			long since = reader.waitingSince(now);
			if (now - since > patience) {
				late++;
				earliest = (since - earliest < 0) ? since : earliest;
			}
		}
		return new Pace(now, patience, late > 0 && ahead(all, now, patience, earliest) >= late);
	}

	private static int ahead(Collection<Outbox> readers, long now, long patience, long earliest) {
		int ahead = 0;
		for (Outbox reader : readers) {
			boolean late = now - reader.waitingSince(now) > patience;
			if (!late && reader.landedSince() - earliest >= 0) {
				ahead++;
			}
		}
		return ahead;
	}

	/** Tell whether a reader is not to be waited for who waits since that time. */
	boolean leavesBehind(long since) {
		return this.now - since > (this.others ? this.patience : 10 * this.patience);
	}

}
