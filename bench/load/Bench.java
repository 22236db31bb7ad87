package load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Run scenarios on servers in turn, and print a table for each. */
final class Bench {

	private final Options options;

	private final Report report = new Report();

	private final List<String> leftOut = new ArrayList<>();

	private Bench(Options options) {
		this.options = options;
	}

	public static void main(String[] args) {
		Options options;
		try {
			options = Options.of(args);
		}
		catch (RuntimeException ex) {
			System.err.println(ex.getMessage());
			System.exit(64);
			return;
		}
		new Bench(options).run();
		// Whatever has gone wrong, no server outlives this.
		System.exit(0);
	}

	private void run() {
		for (Scenario scenario : this.options.scenarios()) {
			System.err.printf("%s: %s%n", scenario.name(), scenario.title());
			Map<Peer, List<Result>> results = measure(scenario);
			if (!results.isEmpty()) {
				this.report.add(scenario, results);
			}
			this.options.json().ifPresent(this.report::writeJson);
			this.options.plot().ifPresent(this.report::writePlot);
		}
		System.out.println(this.report.tables());
		this.leftOut.forEach(System.err::println);
	}

	private Map<Peer, List<Result>> measure(Scenario scenario) {
		Map<Peer, List<Result>> results = new LinkedHashMap<>();
		Map<Peer, RunningPeer> running = new HashMap<>();
		List<Peer> peers = new ArrayList<>(this.options.peers().stream().filter(scenario::suits).toList());
		try {
			for (int round = 1; round <= this.options.rounds(); round++) {
				for (Peer peer : List.copyOf(peers)) {
					try {
						boolean cold = !running.containsKey(peer);
						Result result = scenario.measure(running.computeIfAbsent(peer, RunningPeer::new), cold);
						System.err.printf("  round %d, %s: %s%n", round, peer.name(), result);
						results.computeIfAbsent(peer, (any) -> new ArrayList<>()).add(result);
					}
					catch (RuntimeException ex) {
						peers.remove(peer);
						leaveOut(scenario, peer, ex);
					}
					if (scenario.wantsFreshServer() && running.containsKey(peer)) {
						running.remove(peer).close();
					}
				}
			}
		}
		finally {
			running.values().forEach(RunningPeer::close);
		}
		return results;
	}

	private void leaveOut(Scenario scenario, Peer peer, RuntimeException why) {
		String line = "LEFT OUT of %s: %s: %s".formatted(scenario.name(), peer.name(), why.getMessage());
		System.err.println("  " + line);
		if (System.getenv("BENCH_TRACE") != null) {
			why.printStackTrace();
		}
		this.leftOut.add(line);
	}

}
