package dev.fanfare.engine.embedded;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void itHoldsWhatASortedMapWould(int seed) {
		Random random = new Random(seed);
		History history = new History();
		TreeMap<Long, Publication> expected = new TreeMap<>();
		long offset = random.nextInt(100);

		for (int round = 0; round < 300; round++) {
			for (int more = random.nextInt(40); more > 0; more--) {
				offset++;
				Publication publication = publication(offset);
				history.add(publication, 10 * offset);
				expected.put(offset, publication);
			}
			long dropped = offset - random.nextInt(120);
			history.dropUpTo(dropped);
			expected.headMap(dropped, true).clear();

			long after = offset - random.nextInt(150);
			int limit = random.nextInt(50);
			assertThat(history.read(after, offset - 1, limit, Integer.MAX_VALUE))
				.containsExactlyElementsOf(expected.subMap(after, false, Math.max(after, offset - 1), true)
					.values()
					.stream()
					.limit(limit)
					.toList());
			assertThat(history.find(after)).isEqualTo(expected.get(after));
			if (expected.containsKey(after)) {
				assertThat(history.total(after)).isEqualTo(10 * after);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16, 17 })
	void aPageEndsWithTheOneThatMakesItTooLarge(int bytes) {
		History history = new History();
		for (long offset = 1; offset <= 3; offset++) {
			history.add(publication(offset), 16 * offset);
		}

		List<Publication> page = history.read(0, 3, 10, bytes);

		assertThat(page).hasSize((bytes <= 16) ? 1 : 2);
	}

	private static Publication publication(long offset) {
		return new Publication(new Draft(new TopicName("t"), Map.of(), new byte[16]), new Position("e", offset),
				offset);
	}

}
