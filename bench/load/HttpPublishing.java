package load;

/** Publish over HTTP as fast as it is answered, to one subscriber that counts. */
record HttpPublishing(String name, String title, int connections) implements Scenario {

	private static final double SECONDS = 5;

	@Override
	public boolean suits(Peer peer) {
		return peer.hasHttp();
	}

	@Override
	public Measure plotted() {
		return Measure.PUBLICATIONS;
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, Shape.http(this.connections))) {
			Saturation.warmUp(load, peer, cold);
			load.flows.open();
			load.loop.runClosed(Load.SECOND / 2);
			load.deliveries.measure();
			long delivered = load.deliveries.count;
			long published = load.flows.total();
			Window window = new Window(peer);
			load.loop.runClosed((long) (SECONDS * Load.SECOND));
			window.end();
			long accepted = load.flows.total() - published;
			Result result = new Result().with(Measure.PUBLICATIONS, window.perSecond(accepted))
				.with(Measure.DELIVERIES, window.perSecond(load.deliveries.count - delivered))
				.with(Measure.CPU_PER_PUBLICATION, window.cpuMicros(accepted))
				.withCpu(window)
				.withLatencies(load.deliveries.latencies());
			load.finish();
			return result.with(Measure.REFUSED, load.flows.refused).withFaults(load);
		}
	}

}
