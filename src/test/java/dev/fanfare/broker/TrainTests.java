package dev.fanfare.broker;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrainTests {

	private final Train train = new Train(new TopicName("scores"), List.of());

	private final List<String> laidOut = new ArrayList<>();

	@Test
	void isLaidOutOnceForEachKeyInWhateverOrderTheyAsk() {
		List<String> keys = List.of("a", "a", "b", "a", "c", "b", "b", "c", "a");

		assertThat(keys.stream().map(this::layOut)).containsExactlyElementsOf(keys);
		assertThat(this.laidOut).containsExactly("a", "b", "c");
	}

	@Test
	void equalKeysBecomeOneAndTheSame() {
		String first = copy("key");
		String second = copy("key");
		layOut(first);
		layOut(second);

		assertThat(this.train.shared(second)).isSameAs(first);
		assertThat(this.train.shared("another")).isEqualTo("another");
	}

	private String layOut(String key) {
		return this.train.once(key, (whole) -> {
			this.laidOut.add(key);
			return key;
		});
	}

	/** Return an equal string that is not the same. */
	private static String copy(String text) {
		return String.valueOf(text.toCharArray());
	}

}
