package dev.fanfare.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.fanfare.topic.Durability;
import dev.fanfare.topic.Retention;
import dev.fanfare.topic.TopicName;
import dev.fanfare.topic.TopicRule;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicRulesReaderTests {

	private static final String LAST = "\n    - pattern: '**'";

	@Test
	void theFirstRuleThatMatchesCounts() throws IOException {
		TopicRules rules = read("""
				- pattern: chat.*
				  durability: memory
				  history:
				    messages: 50
				    bytes: 1MB
				    age: 2h
				  max-payload: 1KB
				  idempotency-window: 30s
				- pattern: cursors.**
				  durability: none
				""".indent(4) + LAST.substring(1));

		assertThat(rules.of(new TopicName("chat.hall"))).satisfies((rule) -> {
			assertThat(rule.durability()).isEqualTo(Durability.MEMORY);
			assertThat(rule.retention()).isEqualTo(new Retention(50, 1024 * 1024, Duration.ofHours(2)));
			assertThat(rule.maxPayload()).isEqualTo(1024);
			assertThat(rule.idempotencyWindow()).isEqualTo(Duration.ofSeconds(30));
		});
		assertThat(rules.of(new TopicName("cursors.a.b")).keeps()).isFalse();
		assertThat(rules.of(new TopicName("chat.hall.side")).pattern().value()).isEqualTo("**");
	}

	@Test
	void whatIsLeftOutIsWhatApplicationYmlSpellsOut() throws IOException {
		TopicRule leftOut = read(LAST.substring(1)).rules().getFirst();

		TopicRules spelledOut = read(new FileSystemResource("application.yml"));

		assertThat(spelledOut.rules().getLast()).isEqualTo(leftOut);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					pattern: 'a b'                       | pattern    | 4 | 'a b'
					durability: disk                     | pattern    |   | missing
					pattern: a\\n      durability: none\\n      history:\\n        messages: 5 | durability | 5 | there can be no history
					pattern: a\\n      history:\\n        messages: 0  | history.messages | 6 | more than 0
					pattern: a\\n      history:\\n        age: 0s      | history.age | 6 | more than 0
					pattern: a\\n      history:\\n        bytes: 1KB   | history.bytes | 6 | room for one publication
					pattern: a\\n      max-payload: 1MB  | max-payload | 5 | between 1B and
					pattern: a\\n      idempotency-window: 8d | idempotency-window | 5 | 7d
					""")
	void whatIsWrongIsNamedWithItsLine(String item, String key, String line, String why) {
		assertThatExceptionOfType(InvalidTopicRules.class)
			.isThrownBy(() -> read("    - " + item.replace("\\n", "\n") + LAST))
			.withMessageContaining("fanfare.topics[0]." + key)
			.withMessageContaining((line != null) ? "rules.yml] - " + line + ":" : "")
			.withMessageContaining(why);
	}

	@Test
	void aRuleThatNoTopicGetsToIsNamed() {
		assertThatExceptionOfType(InvalidTopicRules.class)
			.isThrownBy(() -> read("    - pattern: scores.**\n    - pattern: scores.uk" + LAST))
			.withMessageContaining("fanfare.topics[1].pattern is 'scores.uk'")
			.withMessageContaining("rules.yml] - 5:")
			.withMessageContaining("'scores.**'");
	}

	@Test
	void theLastRuleIsForEveryTopic() {
		assertThatExceptionOfType(InvalidTopicRules.class).isThrownBy(() -> read("    - pattern: scores.**"))
			.withMessageContaining("'**'");
	}

	@Test
	void anUnknownKeyIsNamedWithItsLine() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> read("    - pattern: a\n      durabilty: disk" + LAST))
			.havingCause()
			.withMessageContaining("fanfare.topics[0].durabilty");
	}

	private static TopicRules read(String items) throws IOException {
		byte[] yaml = ("fanfare:\n\n  topics:\n" + items).getBytes(StandardCharsets.UTF_8);
		return read(new ByteArrayResource(yaml, "rules.yml"));
	}

	private static TopicRules read(Resource resource) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load("rules", resource)) {
			environment.getPropertySources().addLast(source);
		}
		ConfigurationPropertySources.attach(environment);
		return new TopicRulesReader(environment, DataSize.ofKilobytes(64)).read();
	}

}
