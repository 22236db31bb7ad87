package dev.fanfare.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.fanfare.testing.MarkdownTable;
import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Compare the errors in docs/protocol.md with those that there are. */
class ErrorTableTests {

	private final MarkdownTable errors = MarkdownTable.ofProtocol("## Errors");

	@Test
	void theTableHasEachTypeOnceAndNoOther() {
		List<String> words = Arrays.stream(ErrorType.values()).map(ErrorType::word).toList();

		assertThat(this.errors.column("type")).as("types in docs/protocol.md, compared with ErrorType")
			.containsExactlyInAnyOrderElementsOf(words);
	}

	@ParameterizedTest
	@EnumSource
	void theTableSaysTheStatusThatAnAnswerHas(ErrorType type) {
		int status = Problem.of(new Refused(type)).getStatus();

		String told = row(type).get("HTTP");

		// Without a status it does not come over HTTP; 4xx is for what the HTTP server
		// itself refuses.
		assertThat(told).as("HTTP status of %s in docs/protocol.md", type.word())
			.isIn("", String.valueOf(status), (type == ErrorType.INVALID_REQUEST) ? "4xx" : "");
	}

	@ParameterizedTest
	@EnumSource
	void theTableSaysWhereATypeComesFrom(ErrorType type) {
		Map<String, String> row = row(type);

		assertThat(row.get("soft")).as("soft of %s in docs/protocol.md", type.word()).isIn("", "yes", "no", "partly");
		assertThat(row.get("HTTP") + row.get("soft")).as("HTTP and soft of %s in docs/protocol.md", type.word())
			.isNotEmpty();
		assertThat(row.get("what")).as("what %s is in docs/protocol.md", type.word()).isNotEmpty();
	}

	private Map<String, String> row(ErrorType type) {
		return this.errors.rows()
			.stream()
			.filter((row) -> type.word().equals(row.get("type")))
			.findFirst()
			.orElseThrow(() -> new AssertionError("%s is missing in docs/protocol.md".formatted(type.word())));
	}

	private static final class Refused extends Refusal {

		Refused(ErrorType type) {
			super(type, "for a test");
		}

	}

}
