package load;

import java.util.ArrayList;
import java.util.List;

/** Connect and subscribe very many who hear nothing. */
record Idle(String name, String title, int connections) implements Scenario {

	/** Connections that come and go before the ones that count, so that the compilers have seen it all. */
	private static final int WARM_UP = 5000;

	private static final int WARM_UPS = 6;

	private static final double SECONDS = 10;

	@Override
	public boolean wantsFreshServer() {
		return true;
	}

	@Override
	public Measure plotted() {
		return Measure.MEMORY;
	}

	@Override
	public Result measure(RunningPeer peer, boolean cold) {
		Heap heap = new Heap(peer.process());
		Accounting accounting = peer.accounting();
		heap.collect();
		long fresh = accounting.residentBytes();
		for (int time = 0; time < WARM_UPS; time++) {
			try (Crowd crowd = new Crowd(peer)) {
				crowd.connect(WARM_UP);
				crowd.loop.run(Load.SECOND, () -> false);
			}
		}
		try (Crowd crowd = new Crowd(peer)) {
			// Those of the warm-up have to be gone.
			crowd.loop.run(2 * Load.SECOND, () -> false);
			heap.collect();
			long outside = accounting.residentBytes() - heap.residentBytes();
			long live = heap.usedBytes();
			Window connecting = new Window(peer);
			crowd.connect(this.connections);
			connecting.end();
			Result result = new Result().with(Measure.CONNECTS, connecting.perSecond(this.connections))
				.with(Measure.CPU_PER_CONNECT, connecting.cpuMicros(this.connections));
			crowd.loop.run(2 * Load.SECOND, () -> false);
			heap.collect();
			result.with(Measure.MEMORY, each(accounting.residentBytes() - fresh));
			if (heap.isThere()) {
				long more = heap.usedBytes() - live;
				result.with(Measure.HEAP, each(more))
					.with(Measure.LIVE, each(more + accounting.residentBytes() - heap.residentBytes() - outside));
			}
			Window idle = new Window(peer);
			crowd.loop.run((long) (SECONDS * Load.SECOND), () -> false);
			return result.withCpu(idle.end()).with(Measure.ENDED, crowd.loop.ended);
		}
	}

	private double each(long bytes) {
		return bytes / 1024.0 / this.connections;
	}

	/** Have connections that subscribe to one topic to which nothing is published. */
	private static final class Crowd implements AutoCloseable {

		private final RunningPeer peer;

		private final Protocol protocol;

		final Loop loop;

		Crowd(RunningPeer peer) {
			this.peer = peer;
			this.protocol = peer.peer().protocol();
			Flows none = new Flows(0, 1, 0);
			this.loop = new Loop(none, new Deliveries(none));
		}

		void connect(int count) {
			List<Link> links = new ArrayList<>();
			for (int link = 0; link < count; link++) {
				links.add(new Link(this.protocol, this.peer.port(), "idle", true));
			}
			this.loop.open(links, 0);
		}

		@Override
		public void close() {
			this.loop.close();
		}

	}

}
