package dev.fanfare.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicPattern;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;

import org.springframework.util.FileSystemUtils;

/**
 * Hold all that the log in a data folder keeps, read by an engine of its own.
 *
 * @param states where each topic stands
 * @param publications what each topic keeps, in the order of its offsets
 */
public record KeptLog(Map<String, TopicState> states, Map<String, List<Publication>> publications) {

	private static final TopicRules ALL = new TopicRules(List.of(new TopicRule(new TopicPattern("**"), Durability.DISK,
			new Retention(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, Duration.ofDays(1000)), 65536,
			Duration.ofMinutes(10))));

	/** Read the log of a folder that no process uses, and leave the folder as it is. */
	public static KeptLog in(Path data, Path copy) {
		try {
			FileSystemUtils.deleteRecursively(copy);
			FileSystemUtils.copyRecursively(data.resolve("log"), copy.resolve("log"));
			return of(copy);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KeptLog of(Path folder) {
		Embedded settings = Embedded.in(folder).maxTopics(1_000_000).maxKeys(1_000_000);
		try (EmbeddedEngine engine = new EmbeddedEngine(settings.properties(), ALL, Clock.systemUTC())) {
			Map<String, TopicState> states = new TreeMap<>();
			Map<String, List<Publication>> publications = new TreeMap<>();
			for (TopicState state : engine.topics("", null, Integer.MAX_VALUE)) {
				states.put(state.topic().value(), state);
				publications.put(state.topic().value(), read(engine, state.topic()));
			}
			return new KeptLog(states, publications);
		}
	}

	private static List<Publication> read(EmbeddedEngine engine, TopicName topic) {
		List<Publication> all = new ArrayList<>();
		List<Publication> page = engine.read(topic, 0, 1000).publications();
		while (!page.isEmpty()) {
			all.addAll(page);
			page = engine.read(topic, page.getLast().position().offset(), 1000).publications();
		}
		return all;
	}

	/** Return what a topic keeps, as text. */
	public List<String> texts(String topic) {
		return this.publications.get(topic)
			.stream()
			.map((publication) -> new String(publication.body(), StandardCharsets.UTF_8))
			.toList();
	}

	/** Return a number that is another one when files of the log come or go. */
	public static long changed(Path data) {
		try (Stream<Path> files = Files.list(data.resolve("log"))) {
			return files.map(Path::hashCode).reduce(0, Integer::sum);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
