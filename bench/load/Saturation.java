package load;

/** Publish as fast as what is published is received. */
record Saturation(String name, String title, Shape shape) implements Scenario {

	private static final double SECONDS = 5;

	private static final double WARM_UP_SECONDS = 2;

	/** How long a server that was just started is looked at before its cost is compared with what it was. */
	private static final double STEP_SECONDS = 4;

	private static final int MOST_STEPS = 12;

	/** How many steps in a row cost about as much as the cheapest before, with idle compilers, when the warm-up ends. */
	private static final int ENOUGH_STEPS = 3;

	private static final double ABOUT = 0.97;

	/** Processor time of Java's compilers in a step, in nanoseconds, above which they are at work. */
	private static final long AT_WORK = 200_000_000;

	/**
	 * Publish without measuring: for a server that was just started until the processor time of a delivery falls no
	 * more, and its compilers, where it is in Java, have done their work.
	 */
	static void warmUp(Load load, RunningPeer peer, boolean cold) {
		if (!cold) {
			load.saturate(WARM_UP_SECONDS);
			return;
		}
		double least = cost(load, peer);
		int enough = 0;
		for (int step = 1; step < MOST_STEPS && enough < ENOUGH_STEPS; step++) {
			long compiled = peer.accounting().compilerNanos();
			double cost = cost(load, peer);
			boolean atWork = peer.accounting().compilerNanos() - compiled > AT_WORK;
			enough = (cost > ABOUT * least && !atWork) ? enough + 1 : 0;
			least = Math.min(least, cost);
		}
	}

	private static double cost(Load load, RunningPeer peer) {
		long received = load.received();
		Window window = new Window(peer);
		load.saturate(STEP_SECONDS);
		return window.end().cpuMicros(load.received() - received);
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, this.shape)) {
			warmUp(load, peer, cold);
			load.flows.open();
			load.loop.runClosed(Load.SECOND / 2);
			return measure(peer, load).withFaults(load);
		}
	}

	private static Result measure(RunningPeer peer, Load load) {
		load.deliveries.measure();
		long count = load.deliveries.count;
		Window window = new Window(peer);
		load.loop.runClosed((long) (SECONDS * Load.SECOND));
		window.end();
		long delivered = load.deliveries.count - count;
		Result result = new Result().with(Measure.DELIVERIES, window.perSecond(delivered))
			.with(Measure.CPU_PER_DELIVERY, window.cpuMicros(delivered))
			.withCpu(window)
			.withLatencies(load.deliveries.latencies());
		load.finish();
		return result;
	}

}
