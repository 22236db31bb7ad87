package load;

/** Publish over HTTP as fast as it is answered, to one subscriber that counts. */
record HttpPublishing(String name, String title, int connections) implements Scenario {

	private static final double SECONDS = 5;

	@Override
	public boolean suits(Peer peer) {
		return peer.publishesOverHttp();
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		try (Load load = new Load(peer, Shape.http(this.connections))) {
			Saturation.warmUp(load, cold);
			load.flows.open();
			load.loop.runClosed(Load.SECOND / 2);
			Accounting accounting = peer.accounting();
			load.deliveries.measure();
			long delivered = load.deliveries.count;
			long published = load.flows.total();
			long cpu = accounting.cpuNanos();
			long begin = System.nanoTime();
			load.loop.runClosed((long) (SECONDS * Load.SECOND));
			double seconds = (System.nanoTime() - begin) / 1e9;
			double used = accounting.cpuNanos() - cpu;
			double accepted = load.flows.total() - published;
			Result result = new Result().with(Measure.PUBLICATIONS, accepted / seconds)
				.with(Measure.DELIVERIES, (load.deliveries.count - delivered) / seconds)
				.with(Measure.CPU_PER_PUBLICATION, used / 1e3 / Math.max(1, accepted))
				.with(Measure.CPU_SHARE, used / 1e7 / seconds)
				.withLatencies(load.deliveries.latencies());
			load.finish();
			return result.with(Measure.REFUSED, load.flows.refused).withFaults(load);
		}
	}

}
