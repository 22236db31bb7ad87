package load;

import java.util.List;

/** Know all scenarios. */
final class Scenarios {

	static final List<Scenario> ALL = List.of(
			new Saturation("fanout-1000", "1,000 subscribers of one topic, 32 publications on their way",
					Shape.fanOut(1000)),
			new Saturation("fanout-5000", "5,000 subscribers of one topic, 32 publications on their way",
					Shape.fanOut(5000)),
			new SteadyRate("rate-5", "5 messages/s to 1,000 subscribers of one topic", 5, 1000),
			new SteadyRate("rate-50", "50 messages/s to 1,000 subscribers of one topic", 50, 1000),
			new SteadyRate("rate-100", "100 messages/s to 1,000 subscribers of one topic", 100, 1000),
			new Saturation("topics-1000", "1,000 topics with one subscriber each, one publication to each on its way",
					Shape.topics(1000)),
			new Saturation("rooms", "100 rooms of 10 where everybody publishes, one publication each on its way",
					Shape.rooms(100, 10)),
			new HttpPublishing("http-8", "publishing over 8 HTTP connections", 8),
			new HttpPublishing("http-32", "publishing over 32 HTTP connections", 32),
			new HttpPublishing("http-64", "publishing over 64 HTTP connections", 64),
			new Idle("idle-10000", "10,000 connections subscribed to a silent topic", 10_000),
			new Stuck("stuck", "100 readers of 50 messages/s of 16 KB, without and with 4 of them stuck", 100, 4, 50,
					16 * 1024));

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
