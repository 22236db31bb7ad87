package load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.HdrHistogram.Histogram;

/**
 * Hold what one run measured.
 *
 * @param values in the order of the table
 */
record Result(Map<Measure, Double> values) {

	Result() {
		this(new EnumMap<>(Measure.class));
	}

	Result with(Measure measure, double value) {
		this.values.put(measure, value);
		return this;
	}

	Result withCpu(Window window) {
		return with(Measure.CPU_SHARE, window.serverShare()).with(Measure.LOAD_SHARE, window.loadShare());
	}

	Result withLatencies(Histogram latencies) {
		return with(Measure.P50, latencies.getValueAtPercentile(50) / 1e6)
			.with(Measure.P99, latencies.getValueAtPercentile(99) / 1e6)
			.with(Measure.P999, latencies.getValueAtPercentile(99.9) / 1e6);
	}

	Result withFaults(Load load) {
		return with(Measure.LOST, load.lost()).with(Measure.DOUBLED, load.deliveries.doubled)
			.with(Measure.REORDERED, load.deliveries.reordered)
			.with(Measure.ENDED, load.loop.ended);
	}

	/** Return the median of each value; of faults, the sum. */
	static Result median(List<Result> rounds) {
		Result median = new Result();
		for (Measure measure : rounds.getFirst().values().keySet()) {
			List<Double> values = rounds.stream().map((round) -> round.values().get(measure)).sorted().toList();
			median.with(measure, measure.isFault() ? values.stream().mapToDouble(Double::doubleValue).sum()
					: values.get(values.size() / 2));
		}
		return median;
	}

	@Override
	public String toString() {
		return this.values.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isFault() || entry.getValue() != 0)
			.map((entry) -> entry.getKey().title() + " " + entry.getKey().format(entry.getValue()))
			.collect(Collectors.joining(", "));
	}

}
