package load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Read what is asked for: {@code [scenario ...] [--peers a,b] [--rounds 3] [--json FILE] [--plot FILE]}.
 *
 * @param scenarios which, all unless they are named
 * @param peers whom
 * @param rounds how often
 * @param json where all values go, if anywhere
 * @param plot where the picture goes, if anywhere
 */
record Options(List<Scenario> scenarios, List<Peer> peers, int rounds, Optional<Path> json, Optional<Path> plot) {

	static Options of(String... args) {
		List<Scenario> scenarios = new ArrayList<>();
		String peers = "fanfare";
		int rounds = 3;
		Optional<Path> json = Optional.empty();
		Optional<Path> plot = Optional.empty();
		for (int next = 0; next < args.length; next++) {
			String arg = args[next];
			if (arg.startsWith("--") && next + 1 == args.length) {
				throw new IllegalArgumentException("%s is given without a value".formatted(arg));
			}
			switch (arg) {
				case "--peers" -> peers = args[++next];
				case "--rounds" -> rounds = Integer.parseInt(args[++next]);
				case "--json" -> json = Optional.of(Path.of(args[++next]));
				case "--plot" -> plot = Optional.of(Path.of(args[++next]));
				default -> scenarios.add(Scenarios.named(arg));
			}
		}
		return new Options(scenarios.isEmpty() ? Scenarios.ALL : scenarios,
				Arrays.stream(peers.split(",")).map(Peer::named).toList(), rounds, json, plot);
	}

}
