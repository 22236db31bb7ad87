package dev.fanfare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.websocket.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The document of the protocol says what the code does. */
class ProtocolDocumentTests {

	@Test
	void everyErrorTypeStandsInItsTableOnceAndNoOther() throws IOException {
		List<String> documented = firstColumn("## Errors").stream()
			.flatMap((cell) -> Pattern.compile("`([a-z0-9-]+)`").matcher(cell).results())
			.map((match) -> match.group(1))
			.toList();

		assertThat(documented)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorType.values()).map(ErrorType::word).toList());
	}

	@Test
	void everyCloseCodeStandsInItsTableWithItsReason() throws IOException {
		String table = section("## Close codes");

		for (CloseReason reason : CloseReason.values()) {
			assertThat(table).containsPattern("\\| %d \\| `%s` \\|".formatted(reason.code(), reason.word()));
		}
	}

	private static List<String> firstColumn(String heading) throws IOException {
		return Pattern.compile("(?m)^\\| ([^|]*) \\|")
			.matcher(section(heading))
			.results()
			.map((MatchResult row) -> row.group(1))
			.toList();
	}

	private static String section(String heading) throws IOException {
		String document = Files.readString(Path.of("docs/protocol.md"));
		String from = document.substring(document.indexOf(heading) + heading.length());
		int end = from.indexOf("\n## ");
		return (end >= 0) ? from.substring(0, end) : from;
	}

}
