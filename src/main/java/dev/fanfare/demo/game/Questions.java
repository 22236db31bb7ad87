package dev.fanfare.demo.game;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Hold the built-in questions, draw from them, and know what is right. */
@Component
class Questions {

	private static final String FILE = "questions.json";

	/** Say that there is no such question any more. */
	static final int UNKNOWN = -1;

	private final Map<String, Question> questions = new LinkedHashMap<>();

	private final Random random;

	@Autowired
	Questions(JsonMapper json) {
		this(builtIn(json), new SecureRandom());
	}

	Questions(List<Question> questions, Random random) {
		questions.forEach((question) -> this.questions.put(question.id(), question));
		if (this.questions.isEmpty() || this.questions.size() != questions.size()) {
			throw new IllegalArgumentException("There must be questions, each with an id of its own");
		}
		this.random = random;
	}

	static List<Question> builtIn(JsonMapper json) {
		try (InputStream file = new ClassPathResource(FILE, Questions.class).getInputStream()) {
			return json.readValue(file, new TypeReference<>() {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int size() {
		return this.questions.size();
	}

	/**
	 * Draw a question.
	 * @param asked ids of those that are asked again only when there is no other
	 */
	AskedQuestion draw(List<String> asked) {
		List<Question> fresh = this.questions.values()
			.stream()
			.filter((question) -> !asked.contains(question.id()))
			.toList();
		List<Question> from = fresh.isEmpty() ? List.copyOf(this.questions.values()) : fresh;
		return from.get(this.random.nextInt(from.size())).ask(this.random);
	}

	/** Return which choice is right, {@link #UNKNOWN} if the set no longer has it. */
	int right(AskedQuestion asked) {
		Question question = this.questions.get(asked.id());
		return (question != null) ? question.right(asked) : UNKNOWN;
	}

}
