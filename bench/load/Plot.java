package load;

import java.util.Locale;
import java.util.Map;

/** Draw bars, each as long as its value is large. */
final class Plot {

	private static final int NAMES = 120;

	private static final int BARS = 440;

	private static final int WIDTH = NAMES + BARS + 120;

	private static final int ROW = 24;

	private static final int HEADING = 34;

	private final StringBuilder shapes = new StringBuilder();

	private int height = 8;

	/** Add a group of bars; Fanfare's stand out. */
	void add(String heading, Map<String, Double> values, Measure measure) {
		double largest = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		text(0, this.height + 22, "heading", heading);
		this.height += HEADING;
		values.forEach((name, value) -> {
			int length = (largest > 0) ? (int) Math.round(value / largest * BARS) : 0;
			text(0, this.height + 16, "name", name);
			this.shapes.append(String.format(Locale.ROOT,
					"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s\"/>%n", NAMES, this.height + 3,
					Math.max(1, length), ROW - 6, name.startsWith("fanfare") ? "own" : "other"));
			text(NAMES + length + 6, this.height + 16, "value", measure.format(value));
			this.height += ROW;
		});
		this.height += 12;
	}

	private void text(int x, int y, String style, String text) {
		String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
		this.shapes.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n".formatted(x, y, style, escaped));
	}

	/** Return the picture; it is as readable on a dark page. */
	String svg() {
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
				<title>What the benchmark measured</title>
				<style>
				text { font: 13px system-ui, sans-serif; fill: #24292f; }
				.heading { font-weight: 600; }
				.own { fill: #c2410c; }
				.other { fill: #94a3b8; }
				@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .other { fill: #64748b; } }
				</style>
				%s</svg>
				""".formatted(WIDTH, this.height, WIDTH, this.height, this.shapes);
	}

}
