package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.time.Duration;

import dev.fanfare.broker.Engine;
import dev.fanfare.engine.EngineContract;
import dev.fanfare.topic.Durability;
import dev.fanfare.topic.TopicRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded engine with topics in memory. */
class MemoryEngineTests extends EngineContract {

	@TempDir
	private Path folder;

	private EmbeddedEngine embedded;

	@Override
	protected Engine create(TopicRules rules) {
		this.embedded = new EmbeddedEngine(Embedded.in(this.folder).memory(DataSize.ofMegabytes(5)).properties(), rules,
				this.clock);
		return this.embedded;
	}

	@Override
	protected void sweep() {
		this.embedded.sweep();
	}

	@Override
	protected Durability durability() {
		return Durability.MEMORY;
	}

	@AfterEach
	void close() {
		this.embedded.close();
	}

	@Test
	void allTopicsTogetherKeepNoMoreThanTheirMemory() {
		String body = "x".repeat(50_000);
		for (int number = 0; number < 200; number++) {
			publish((number % 2 == 0) ? LOG : OTHER, body);
		}

		long kept = this.engine.state(LOG).bytes() + this.engine.state(OTHER).bytes();
		assertThat(kept).isBetween(4_000_000L, 5_300_000L);
		assertThat(this.engine.state(LOG).position().offset()).isEqualTo(100);
	}

	@Test
	void aTopicIsForgottenWhenItKeepsNothingAndNobodyPublishes() {
		publish(LOG, 1);
		String epoch = this.engine.state(LOG).position().epoch();

		this.clock.advance(Duration.ofHours(2));
		sweep();
		assertThat(this.engine.topics("", null, 10)).as("it still keeps something").hasSize(1);
		this.clock.advance(Duration.ofDays(2));
		sweep();

		assertThat(this.engine.topics("", null, 10)).isEmpty();
		assertThat(publish(LOG, "again").position().epoch()).isNotEqualTo(epoch);
	}

}
