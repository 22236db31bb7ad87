package dev.fanfare.stomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.fanfare.testing.MarkdownTable;
import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compare the headers in docs/protocol.md with those that the code reads and writes. */
class HeaderTableTests {

	private static final Path SOURCES = Path.of("src/main/java/dev/fanfare/stomp");

	/** Find literals that are handed to whatever reads or writes a header. */
	private static final Pattern HEADER = Pattern.compile(
			"\\b(?:header|headers|apply|getFirstNativeHeader|require|put|putIfAbsent|add|get|getOrDefault|missingHeader)\\((?:\\w+, )?\"([a-z][a-zA-Z.-]*)\"");

	private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-zA-Z.-]*)\"");

	/** What STOMP 1.2 names in "Frames and Headers", and 1.1 for ACK. */
	private static final Set<String> STANDARD = Set.of("content-length", "content-type", "receipt", "accept-version",
			"host", "login", "passcode", "heart-beat", "version", "session", "server", "destination", "transaction",
			"id", "ack", "message-id", "subscription", "receipt-id", "message");

	/** The sentences that allow headers, by their section. */
	private static final Map<String, String> SENTENCES = Map.of("SEND", "other server specific message headers",
			"SUBSCRIBE",
			"STOMP servers MAY support additional server specific headers to customize the delivery semantics of the "
					+ "subscription",
			"MESSAGE", "the server specific headers that MAY get added to the frame", "ERROR",
			"the server SHOULD add additional headers to help identify the original frame that caused the error",
			"Frames_and_Headers",
			"STOMP servers MAY use additional headers to give access to features like persistency or expiration");

	private final MarkdownTable headers = MarkdownTable.ofProtocol("### Headers");

	@Test
	void theTableHasEachHeaderThatIsNotOfTheStandardOnceAndNoOther() throws Exception {
		Set<String> own = new TreeSet<>(headersInTheCode());
		own.removeAll(STANDARD);

		assertThat(this.headers.column("header")).as("headers in docs/protocol.md, compared with those in %s", SOURCES)
			.containsExactlyInAnyOrderElementsOf(own);
	}

	@Test
	void eachHeaderHasASentenceOfTheStandardWithItsSection() {
		List<String> allowed = SENTENCES.entrySet()
			.stream()
			.map((sentence) -> "\"%s\" ([%s](https://stomp.github.io/stomp-specification-1.2.html#%s))"
				.formatted(sentence.getValue(), sentence.getKey().replace('_', ' '), sentence.getKey()))
			.toList();

		assertThat(this.headers.rows()).allSatisfy(
				(row) -> assertThat(row.get("allowed by")).as("what allows %s in docs/protocol.md", row.get("header"))
					.isIn(allowed));
	}

	@Test
	void whatIsKeptBackIsListed() throws Exception {
		String list = Files.readAllLines(Path.of("docs/protocol.md"))
			.stream()
			.filter((line) -> line.startsWith("Other headers of a SEND are passed on"))
			.collect(Collectors.joining());

		assertThat(Pattern.compile("`([a-z-]+)`").matcher(list).results().map((name) -> name.group(1)))
			.as("headers that docs/protocol.md says are kept back, compared with PassedHeaders")
			.containsExactlyInAnyOrderElementsOf(keptBack());
	}

	@Test
	void whatTheDecoderRefusesIsNotSaidToBeSoft() throws Exception {
		var soft = MarkdownTable.ofProtocol("## Errors")
			.rows()
			.stream()
			.filter((row) -> row.get("soft").equals("yes"))
			.map((row) -> row.get("type"))
			.toList();

		var refused = Pattern.compile("ErrorType\\.([A-Z_]+)")
			.matcher(Files.readString(SOURCES.resolve("StompDecoder.java")))
			.results()
			.map((name) -> ErrorType.valueOf(name.group(1)).word())
			.toList();

		assertThat(refused).contains("invalid-frame").doesNotContainAnyElementsOf(soft);
	}

	private static Set<String> headersInTheCode() throws IOException {
		Set<String> found = new TreeSet<>(keptBack());
		found.addAll(literals("StartHeaders", "NAMES"));
		try (Stream<Path> sources = Files.walk(SOURCES)) {
			for (Path source : sources.filter(Files::isRegularFile).toList()) {
				HEADER.matcher(Files.readString(source)).results().forEach((name) -> found.add(name.group(1)));
			}
		}
		assertThat(found).as("headers in %s", SOURCES).contains("destination", "receipt-id", "prefetch-count");
		return found;
	}

	private static Set<String> keptBack() throws IOException {
		return literals("PassedHeaders", "KEPT_BACK");
	}

	/** Return the literals that a constant of a class holds. */
	private static Set<String> literals(String type, String constant) throws IOException {
		String source = Files.readString(SOURCES.resolve(type + ".java"));
		int start = source.indexOf(constant);
		String set = source.substring(start, source.indexOf(';', start));
		return LITERAL.matcher(set).results().map((name) -> name.group(1)).collect(Collectors.toSet());
	}

}
