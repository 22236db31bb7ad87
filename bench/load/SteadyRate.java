package load;

/** Publish so many messages a second to one topic, and see how long they take. */
record SteadyRate(String name, String title, double perSecond, int readers) implements Scenario {

	private static final long BEFORE = 2 * Load.SECOND;

	private static final long MEASURED = 10 * Load.SECOND;

	@Override
	public Measure plotted() {
		return Measure.P99;
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, Shape.fanOut(this.readers))) {
			Saturation.warmUp(load, peer, cold);
			load.loop.runOpen(0, this.perSecond, BEFORE);
			load.deliveries.measure();
			long count = load.deliveries.count;
			Window window = new Window(peer);
			load.loop.runOpen(0, this.perSecond, MEASURED);
			window.end();
			long delivered = load.deliveries.count - count;
			// What is late is late, and counts.
			load.settle();
			return new Result().with(Measure.DELIVERIES, window.perSecond(delivered))
				.with(Measure.CPU_PER_DELIVERY, window.cpuMicros(delivered))
				.withCpu(window)
				.withLatencies(load.deliveries.latencies())
				.withFaults(load);
		}
	}

}
