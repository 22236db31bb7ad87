package load;

/** See what some readers who read nothing do to the others. */
record Stuck(String name, String title, int readers, int stuck, double perSecond, int bytes) implements Scenario {

	private static final long MEASURED = 8 * Load.SECOND;

	/** How much faster than what is measured the warm-up is. */
	private static final double HURRY = 4;

	@Override
	public Measure plotted() {
		return Measure.P99_BESIDE_STUCK;
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, new Shape(1, this.readers - this.stuck, false, 32, this.bytes, 0))) {
			Load.Bystanders bystanders = load.addBystanders(this.stuck);
			load.loop.runOpen(0, this.perSecond * HURRY, (cold ? 8 : 2) * Load.SECOND);
			load.settle();
			Result result = new Result().with(Measure.DELIVERIES, rate(load))
				.with(Measure.P99, load.deliveries.latencies().getValueAtPercentile(99) / 1e6);
			load.settle();
			bystanders.getStuck();
			result.with(Measure.RATE_BESIDE_STUCK, rate(load));
			load.settle();
			result.with(Measure.P99_BESIDE_STUCK, load.deliveries.latencies().getValueAtPercentile(99) / 1e6);
			return result.withFaults(load);
		}
	}

	/** Return how many deliveries a second those get who read. */
	private double rate(Load load) {
		load.deliveries.measure();
		long count = load.received();
		load.loop.runOpen(0, this.perSecond, MEASURED);
		return (load.received() - count) / (MEASURED / 1e9);
	}

}
