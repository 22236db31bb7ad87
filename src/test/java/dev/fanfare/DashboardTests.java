package dev.fanfare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.fanfare.testing.MarkdownTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard shows the metrics that are documented, and can be imported. */
class DashboardTests {

	/** What is before a brace is a metric. */
	private static final Pattern METRIC = Pattern.compile("[a-z_]+(?=\\{)");

	private static final Pattern FANFARE = Pattern.compile("\\bfanfare_\\w+");

	private JsonNode dashboard;

	@BeforeEach
	void read() throws IOException {
		this.dashboard = JsonMapper.shared().readTree(Files.readString(Path.of("docs/grafana/fanfare.json")));
	}

	@Test
	void eachMetricThatItAsksForIsDocumented() {
		Set<String> asked = expressions().stream()
			.flatMap((expression) -> FANFARE.matcher(expression).results())
			.map(MatchResult::group)
			.map((name) -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(asked).as("metrics in docs/grafana/fanfare.json, compared with docs/operations.md")
			.containsExactlyInAnyOrderElementsOf(
					MarkdownTable.of(Path.of("docs/operations.md"), "## Metrics").column("metric"));
	}

	@Test
	void theOtherMetricsAreThoseOfSpringBoot() {
		assertThat(expressions()).allSatisfy(
				(expression) -> assertThat(METRIC.matcher(expression).results().map(MatchResult::group)).isNotEmpty()
					.allMatch((name) -> name.matches("(fanfare|jvm|process|system|http_server_requests)_.*")));
	}

	@Test
	void itsRowsAreThere() {
		assertThat(
				stream(this.dashboard.path("panels")).filter((panel) -> panel.path("type").asString("").equals("row"))
					.map((panel) -> panel.path("title").stringValue()))
			.containsExactly("Overview", "Delivery", "Latency", "Readers", "Log", "JVM");
	}

	@Test
	void itAsksTheSourceThatIsChosen() {
		List<String> sources = new ArrayList<>();
		stream(this.dashboard.path("panels")).filter((panel) -> panel.has("targets"))
			.forEach((panel) -> sources.add(panel.path("datasource").path("uid").stringValue()));

		assertThat(sources).isNotEmpty().allMatch("${datasource}"::equals);
		assertThat(this.dashboard.path("templating").path("list").path(0).path("name").stringValue())
			.isEqualTo("datasource");
		assertThat(stream(this.dashboard.path("panels")).map((panel) -> panel.path("id").intValue()))
			.doesNotHaveDuplicates();
	}

	private List<String> expressions() {
		return stream(this.dashboard.path("panels")).flatMap((panel) -> stream(panel.path("targets")))
			.map((target) -> target.path("expr").stringValue())
			.toList();
	}

	private static Stream<JsonNode> stream(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

}
