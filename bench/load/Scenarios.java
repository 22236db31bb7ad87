package load;

import java.util.List;

/** Know all scenarios. */
final class Scenarios {

	static final List<Scenario> ALL = List.of(
			new Saturation("fanout-1000", "1,000 subscribers of one topic, 32 publications on their way",
					Shape.fanOut(1000)),
			new Saturation("fanout-5000", "5,000 subscribers of one topic, 32 publications on their way",
					Shape.fanOut(5000)));

	private Scenarios() {
	}

	static Scenario named(String name) {
		return ALL.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no scenario '%s': there are %s".formatted(name,
					String.join(", ", ALL.stream().map(Scenario::name).toList()))));
	}

}
