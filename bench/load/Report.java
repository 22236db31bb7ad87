package load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Write what was measured: tables for people, JSON for programs. */
final class Report {

	private final Map<Scenario, Map<Peer, List<Result>>> results = new LinkedHashMap<>();

	void add(Scenario scenario, Map<Peer, List<Result>> rounds) {
		this.results.put(scenario, rounds);
	}

	/** Return a Markdown table for each scenario: medians, and in parentheses the ratio to the first server's. */
	String tables() {
		return this.results.entrySet()
			.stream()
			.map((entry) -> table(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("\n"));
	}

	private static String table(Scenario scenario, Map<Peer, List<Result>> rounds) {
		Map<Peer, Result> medians = new LinkedHashMap<>();
		rounds.forEach((peer, results) -> medians.put(peer, Result.median(results)));
		Result first = medians.values().iterator().next();
		StringBuilder table = new StringBuilder("**%s** %s\n\n| |".formatted(scenario.name(), scenario.title()));
		first.values().keySet().forEach((measure) -> table.append(" %s |".formatted(measure.title())));
		table.append("\n|---|").append("---:|".repeat(first.values().size())).append('\n');
		medians.forEach((peer, median) -> {
			table.append("| %s |".formatted(peer.name()));
			first.values().forEach((measure, value) -> table.append(cell(measure, value, median)));
			table.append('\n');
		});
		return table.toString();
	}

	private static String cell(Measure measure, double first, Result result) {
		Double value = result.values().get(measure);
		if (value == null) {
			return " |";
		}
		boolean compared = value != first && first > 0 && measure.isCompared();
		return " %s%s |".formatted(measure.format(value), compared ? " (%.2f ×)".formatted(value / first) : "");
	}

	/** Draw what each scenario is about. */
	void writePlot(Path file) {
		Plot plot = new Plot();
		this.results.forEach((scenario, rounds) -> {
			Map<Peer, Result> medians = new LinkedHashMap<>();
			rounds.forEach((peer, results) -> medians.put(peer, Result.median(results)));
			Measure measure = scenario.plotted();
			Map<String, Double> values = new LinkedHashMap<>();
			medians.forEach((peer, median) -> values.put(peer.name(), median.values().get(measure)));
			plot.add("%s: %s".formatted(scenario.title(), measure.title()), values, measure);
		});
		write(file, plot.svg());
	}

	/** Write every value of every round. */
	void writeJson(Path file) {
		String scenarios = this.results.entrySet()
			.stream()
			.map((entry) -> "\"%s\": {%s}".formatted(entry.getKey().name(), peers(entry.getValue())))
			.collect(Collectors.joining(",\n", "{\n", "\n}\n"));
		write(file, scenarios);
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String peers(Map<Peer, List<Result>> rounds) {
		return rounds.entrySet()
			.stream()
			.map((entry) -> "\n  \"%s\": [%s]".formatted(entry.getKey().name(),
					entry.getValue().stream().map(Report::values).collect(Collectors.joining(",\n    "))))
			.collect(Collectors.joining(","));
	}

	private static String values(Result result) {
		return result.values()
			.entrySet()
			.stream()
			.map((entry) -> "\"%s\": %s".formatted(entry.getKey().title(), entry.getValue()))
			.collect(Collectors.joining(", ", "{", "}"));
	}

}
