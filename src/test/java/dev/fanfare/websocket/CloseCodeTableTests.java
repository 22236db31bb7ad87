package dev.fanfare.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.fanfare.testing.MarkdownTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Compare the close codes in docs/protocol.md with those that there are. */
class CloseCodeTableTests {

	private static final Pattern CODE = Pattern.compile("[0-9]{4}");

	@Test
	void theTableHasEachReasonOfTheServerOnceWithItsCode() {
		List<String> reasons = Arrays.stream(CloseReason.values())
			.map((reason) -> reason.code() + " " + reason.word())
			.toList();

		assertThat(MarkdownTable.ofProtocol("## Close codes").rows())
			.as("codes and reasons in docs/protocol.md, compared with CloseReason")
			.map((row) -> row.get("code") + " " + row.get("reason"))
			.containsExactlyInAnyOrderElementsOf(reasons);
	}

	@Test
	void theTableOfOtherEndsSaysHowTheyAreCounted() {
		var ends = MarkdownTable.ofProtocol("### Other ends").rows();

		assertThat(ends.stream().flatMap(CloseCodeTableTests::codes).toList())
			.as("codes of other ends in docs/protocol.md")
			.containsExactly(entry(1000, "closed-by-client"), entry(1001, "closed-by-client"),
					entry(1005, "closed-by-client"), entry(1002, "websocket-error"), entry(1006, "connection-lost"),
					entry(1007, "not-utf8"), entry(1009, "too-big"))
			.allSatisfy((told) -> assertThat(Connections.reason(told.getKey()))
				.as("how an end with code %d is counted", told.getKey())
				.isEqualTo(told.getValue()));
		assertThat(ends.getLast()).containsEntry("code", "any other").containsEntry("reason", Connections.reason(4999));
	}

	private static Stream<Map.Entry<Integer, String>> codes(Map<String, String> row) {
		return CODE.matcher(row.get("code"))
			.results()
			.map((code) -> entry(Integer.valueOf(code.group()), row.get("reason")));
	}

}
