package load;

/** Publish as fast as what is published is received. */
record Saturation(String name, String title, Shape shape) implements Scenario {

	private static final double COLD_WARM_UP_SECONDS = 10;

	private static final double WARM_UP_SECONDS = 2;

	private static final double SECONDS = 5;

	/** Publish so that the compilers of a server have seen all of its work. */
	static void warmUp(Load load, boolean cold) {
		load.saturate(cold ? COLD_WARM_UP_SECONDS : WARM_UP_SECONDS);
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, this.shape)) {
			warmUp(load, cold);
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
