package dev.fanfare.engine.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.fanfare.testing.ManualClock;
import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class LogCommandTests {

	private static final byte[] BINARY = { (byte) 0xFF, 0, 1 };

	private static final TopicRules RULES = new TopicRules(List.of(new TopicRule(new TopicPattern("**"),
			Durability.DISK, new Retention(100_000, 100_000_000, Duration.ofDays(1)), 65536, Duration.ofMinutes(10))));

	@TempDir
	private Path folder;

	private final ManualClock clock = new ManualClock();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private String epoch;

	@BeforeEach
	void publish() {
		try (EmbeddedEngine engine = new EmbeddedEngine(Embedded.in(this.folder).properties(), RULES, this.clock)) {
			for (int number = 1; number <= 20; number++) {
				engine.append(List.of(Draft.ofText(new TopicName("a"), "text " + number)));
			}
			engine.append(List.of(new Draft(new TopicName("b"), Map.of(), BINARY)));
			this.epoch = engine.state(new TopicName("a")).position().epoch();
		}
		this.clock.advance(Duration.ofHours(30));
	}

	@Test
	void inspectTellsWhereTopicsStand() {
		assertThat(run("inspect")).isZero();

		assertThat(out()).hasSize(3);
		assertThat(out().get(1)).matches("a +" + this.epoch + " +1 +20 +20 +\\d+  1d 06h 00m 00s ago");
		assertThat(out().get(2)).matches("b +\\w+ +1 +1 +1 +3  1d 06h 00m 00s ago");
	}

	@Test
	void exportWritesEveryPublicationAsALineOfJson() {
		assertThat(run("export")).isZero();

		List<JsonNode> lines = out().stream().map(JsonMapper.shared()::readTree).toList();
		assertThat(lines).hasSize(21);
		assertThat(lines.get(4).path("topic").stringValue()).isEqualTo("a");
		assertThat(lines.get(4).path("position").stringValue()).isEqualTo(this.epoch + ":5");
		assertThat(lines.get(4).path("text").stringValue()).isEqualTo("text 5");
		assertThat(lines.get(4).path("headers").path("content-type").stringValue())
			.isEqualTo("text/plain;charset=UTF-8");
		assertThat(lines.get(20).path("base64").binaryValue()).isEqualTo(BINARY);
	}

	@Test
	void oneTopicAloneCanBeExported() {
		assertThat(run("export", "--topic", "b")).isZero();

		assertThat(out()).singleElement().asString().contains("\"topic\":\"b\"");
	}

	@Test
	void verifyFindsNothingWhereNothingIsWrong() {
		assertThat(run("verify")).isZero();

		assertThat(out()).singleElement().asString().startsWith("2 topics, 21 publications, ").endsWith(" all right");
	}

	@Test
	void verifySaysWhichOffsetsAreMissingAndWhichRecordIsWrong() throws Exception {
		try (LogDatabase database = LogDatabase.open(this.folder)) {
			database.rocks.delete(database.records, key(7));
			database.rocks.delete(database.records, key(8));
			database.rocks.put(database.records, key(12), new byte[] { 1, 2, 3 });
			byte[] record = database.rocks.get(database.records, key(15));
			database.rocks.put(database.records, key(15), ByteBuffer.wrap(record).putLong(9, 4711).array());
		}

		assertThat(run("verify")).isEqualTo(1);

		assertThat(out()).anyMatch((line) -> line.equals("Topic 'a' has nothing at the offsets 7 to 8"))
			.anyMatch((line) -> line.startsWith("Topic 'a', offset 12 cannot be read"))
			.anyMatch((line) -> line.contains("offset 15") && line.contains("4711"))
			.anyMatch((line) -> line.endsWith("faults"));
	}

	@Test
	void whatIsLookedIntoStaysAsItIs() throws Exception {
		List<Path> before = files();

		run("inspect");
		run("verify");
		run("export");

		assertThat(files()).isEqualTo(before);
	}

	@Test
	void aFolderWithoutALogIsNamed() {
		int code = new LogCommand(stream(this.out), stream(this.err), this.clock)
			.run(List.of("inspect", "--data", "/nowhere"));

		assertThat(code).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("/nowhere").contains("there is no log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "frobnicate", "inspect --dat x", "inspect --data", "export --topic",
			"export --topic ?", "export --topic unknown", "verify x" })
	void whatCannotBeUnderstoodIsAnsweredWithTheUsage(String line) {
		List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
		String last = arguments.contains("unknown") ? this.folder.toString() : "";
		List<String> all = last.isEmpty() ? arguments
				: Stream.concat(arguments.stream(), Stream.of("--data", last)).toList();

		assertThat(new LogCommand(stream(this.out), stream(this.err), this.clock).run(all)).isEqualTo(2);

		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("Usage: ");
		assertThat(this.out.size()).isZero();
	}

	private int run(String command, String... options) {
		List<String> arguments = Stream.concat(Stream.of(command, "--data", this.folder.toString()), Stream.of(options))
			.toList();
		return new LogCommand(stream(this.out), stream(this.err), this.clock).run(arguments);
	}

	private List<String> out() {
		return this.out.toString(StandardCharsets.UTF_8).lines().toList();
	}

	private List<Path> files() throws Exception {
		try (Stream<Path> files = Files.walk(this.folder)) {
			return files.sorted().toList();
		}
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	private static byte[] key(long offset) {
		return ByteBuffer.allocate(12).putInt(1).putLong(offset).array();
	}

}
