package dev.fanfare.broker;

/**
 * Count what a lane does; its thread writes.
 *
 * @param rounds how many rounds served somebody
 * @param flushes how many times a connection was flushed
 * @param deliveries how many publications were handed to live subscriptions
 */
record LaneWork(Tally rounds, Tally flushes, Tally deliveries) {

	LaneWork() {
		this(new Tally(), new Tally(), new Tally());
	}

}
