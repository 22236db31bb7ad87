package dev.fanfare.engine.embedded;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.fanfare.topic.Publication;
import tools.jackson.databind.json.JsonMapper;

/**
 * Write publications as JSON, one a line, in the order of topics and offsets; a body is
 * in {@code text} where it is UTF-8, else in {@code base64}.
 */
final class LogExport {

	private static final int PAGE = 1000;

	private final LogStore store;

	private final PrintStream out;

	private final JsonMapper json = JsonMapper.builder().build();

	LogExport(LogStore store, PrintStream out) {
		this.store = store;
		this.out = out;
	}

	boolean export(List<LogTopic> topics) {
		topics.forEach(this::export);
		return true;
	}

	private void export(LogTopic topic) {
		long after = topic.head().trimmed();
		List<Publication> page = read(topic, after);
		while (!page.isEmpty() && !this.out.checkError()) {
			page.forEach((publication) -> this.out.println(this.json.writeValueAsString(fields(publication))));
			after = page.getLast().position().offset();
			page = read(topic, after);
		}
	}

	private List<Publication> read(LogTopic topic, long after) {
		return this.store.read(topic.name(), topic.id(), topic.head(), after, PAGE);
	}

	private static Map<String, Object> fields(Publication publication) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("topic", publication.topic().value());
		fields.put("position", publication.position().toString());
		fields.put("timestamp", publication.timestamp());
		fields.put("headers", publication.draft().headers());
		try {
			fields.put("text",
					StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(publication.body())).toString());
		}
		catch (CharacterCodingException ex) {
			fields.put("base64", Base64.getEncoder().encodeToString(publication.body()));
		}
		return fields;
	}

}
