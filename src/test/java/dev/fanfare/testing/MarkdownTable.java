package dev.fanfare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hold a table of a document, so that it can be compared with the code.
 *
 * @param rows each with its cells by the names of the columns, code marks removed
 */
public record MarkdownTable(List<Map<String, String>> rows) {

	/** Read the first table under a heading of docs/protocol.md. */
	public static MarkdownTable ofProtocol(String heading) {
		return of(Path.of("docs/protocol.md"), heading);
	}

	/** Read the first table under a heading of a document. */
	public static MarkdownTable of(Path document, String heading) {
		List<List<String>> lines = lines(document).dropWhile((line) -> !line.equals(heading))
			.dropWhile((line) -> !line.startsWith("|"))
			.takeWhile((line) -> line.startsWith("|"))
			.map(MarkdownTable::cells)
			.toList();
		assertThat(lines).as("table under '%s' in %s", heading, document).hasSizeGreaterThan(2);
		return new MarkdownTable(lines.stream().skip(2).map((cells) -> row(lines.getFirst(), cells)).toList());
	}

	/** Return one column's cells from top to bottom. */
	public List<String> column(String name) {
		return this.rows.stream().map((row) -> row.get(name)).toList();
	}

	private static Map<String, String> row(List<String> columns, List<String> cells) {
		assertThat(cells).as("cells under %s", columns).hasSameSizeAs(columns);
		Map<String, String> row = new LinkedHashMap<>();
		for (int at = 0; at < columns.size(); at++) {
			row.put(columns.get(at), cells.get(at));
		}
		return row;
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.substring(1).split("\\|", -1))
			.map((cell) -> cell.strip().replace("`", ""))
			.toList()
			.subList(0, (int) line.chars().filter((character) -> character == '|').count() - 1);
	}

	private static Stream<String> lines(Path document) {
		try {
			return Files.readAllLines(document).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
