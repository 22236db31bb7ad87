package dev.fanfare.engine.embedded;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.unit.DataSize;

/** Make settings of the embedded engine for tests. */
record Embedded(Path folder, int maxTopics, DataSize memory, int maxKeys) {

	static Embedded in(Path folder) {
		return new Embedded(folder, 1000, DataSize.ofMegabytes(64), 1000);
	}

	Embedded maxTopics(int limit) {
		return new Embedded(this.folder, limit, this.memory, this.maxKeys);
	}

	Embedded memory(DataSize limit) {
		return new Embedded(this.folder, this.maxTopics, limit, this.maxKeys);
	}

	Embedded maxKeys(int limit) {
		return new Embedded(this.folder, this.maxTopics, this.memory, limit);
	}

	EmbeddedProperties properties() {
		return new EmbeddedProperties(this.folder, this.maxTopics, Duration.ofHours(12), Duration.ofDays(30),
				this.memory, this.maxKeys);
	}

}
