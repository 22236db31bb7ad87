package dev.fanfare.stomp;

import java.util.List;
import java.util.function.Consumer;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;
import dev.fanfare.topic.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DestinationsTests {

	private final Destinations destinations = new Destinations(List.of("/app/"), "/user/");

	@Test
	void aTopicIsWhatFollowsItsPrefix() {
		assertThat(Destinations.topic("/topic/scores.de:1")).contains(new TopicName("scores.de:1"));
		assertThat(Destinations.topic("/app/topic/scores")).isEmpty();
		assertThat(Destinations.topic("topic/scores")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/scores", "/app/send", "/app/" })
	void topicsAndTheApplicationCanBeSentToAndSubscribedTo(String destination) {
		this.destinations.requireSendable(destination);
		this.destinations.requireSubscribable(destination);
	}

	@Test
	void aQueueOfOnesOwnCanBeSubscribedToAndNotSentTo() {
		this.destinations.requireSubscribable("/user/queue/send");

		isRefused(ErrorType.ACCESS_DENIED, "/user/queue/send", this.destinations::requireSendable);
	}

	@ParameterizedTest
	@CsvSource({ "/queue/send", "/user/ada/queue/send", "/user/queue/", "/user/", "/nothing", "topic/a", "/topic",
			"/TOPIC/a", "''" })
	void whereNothingIsNobodyCanSubscribe(String destination) {
		isRefused(ErrorType.UNKNOWN_DESTINATION, destination, this.destinations::requireSubscribable);
	}

	@ParameterizedTest
	@CsvSource({ "/queue/send, UNKNOWN_DESTINATION", "/nothing, UNKNOWN_DESTINATION", "/topic, UNKNOWN_DESTINATION",
			"/user/ada/queue/send, ACCESS_DENIED" })
	void whereNothingIsNobodyCanSend(String destination, ErrorType type) {
		isRefused(type, destination, this.destinations::requireSendable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/", "/topic/a/b", "/topic/.a", "/topic/a b", "/topic/*" })
	void whatIsNoNameOfATopicIsSaidToBeNone(String destination) {
		isRefused(ErrorType.INVALID_TOPIC_NAME, destination.substring(7), this.destinations::requireSubscribable);
		isRefused(ErrorType.INVALID_TOPIC_NAME, destination.substring(7), this.destinations::requireSendable);
	}

	private static void isRefused(ErrorType type, String named, Consumer<String> door) {
		String destination = (type == ErrorType.INVALID_TOPIC_NAME) ? "/topic/" + named : named;
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> door.accept(destination))
			.withMessageContaining("'" + named + "'")
			.extracting(Refusal::type)
			.isEqualTo(type);
	}

}
