package dev.fanfare.stomp;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.topic.ErrorType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StompSubscriptionsTests {

	private final StompSubscriptions subscriptions = new StompSubscriptions(
			Limits.with(Map.of("max-subscriptions", 2)));

	@Test
	void aSubscriptionIsFoundByItsIdAndDestination() {
		StompSubscription one = subscription("1", "/topic/a");
		StompSubscription two = subscription("2", "/topic/b");

		this.subscriptions.add(one);
		this.subscriptions.add(two);

		assertThat(this.subscriptions.find("1")).containsSame(one);
		assertThat(this.subscriptions.to("/topic/b")).containsSame(two);
		assertThat(this.subscriptions.find("3")).isEmpty();
		assertThat(this.subscriptions.to("/topic/c")).isEmpty();
	}

	@Test
	void oneWithoutAcknowledgementsAwaitsNone() {
		this.subscriptions.add(subscription("1", "/topic/a"));

		assertThat(this.subscriptions.awaiting("e:1")).isEmpty();
	}

	@Test
	void anIdInUseIsRefusedAndItsSubscriptionStays() {
		StompSubscription first = subscription("1", "/topic/a");
		this.subscriptions.add(first);

		isRefused(ErrorType.DUPLICATE_SUBSCRIPTION, subscription("1", "/topic/b"));

		assertThat(this.subscriptions.find("1")).containsSame(first);
	}

	@Test
	void oneMoreThanMayBeIsRefusedUntilOneIsRemoved() {
		StompSubscription first = subscription("1", "/topic/a");
		this.subscriptions.add(first);
		this.subscriptions.add(subscription("2", "/topic/a"));

		isRefused(ErrorType.TOO_MANY_SUBSCRIPTIONS, subscription("3", "/topic/a"));
		this.subscriptions.remove(first);
		this.subscriptions.add(subscription("3", "/topic/a"));

		assertThat(this.subscriptions.find("1")).isEmpty();
		assertThat(this.subscriptions.find("3")).isPresent();
	}

	@Test
	void whatIsRemovedHasEnded() {
		AtomicInteger ends = new AtomicInteger();
		StompSubscription subscription = subscription("1", "/topic/a");
		subscription.endsBy(ends::incrementAndGet);
		this.subscriptions.add(subscription);

		this.subscriptions.remove(subscription);

		assertThat(ends).hasValue(1);
	}

	@Test
	void removingOneLeavesAnotherOfTheSameIdAlone() {
		StompSubscription refused = subscription("1", "/topic/b");
		StompSubscription first = subscription("1", "/topic/a");
		this.subscriptions.add(first);

		this.subscriptions.remove(refused);

		assertThat(this.subscriptions.find("1")).containsSame(first);
	}

	@Test
	void allEndWithTheConnection() {
		AtomicInteger ends = new AtomicInteger();
		for (String id : new String[] { "1", "2" }) {
			StompSubscription subscription = subscription(id, "/topic/a");
			subscription.endsBy(ends::incrementAndGet);
			this.subscriptions.add(subscription);
		}

		this.subscriptions.end();

		assertThat(ends).hasValue(2);
		assertThat(this.subscriptions.find("1")).isEmpty();
	}

	@Test
	void whatIsAddedAfterTheEndEndsAtOnce() {
		AtomicInteger ends = new AtomicInteger();
		StompSubscription late = subscription("1", "/topic/a");
		this.subscriptions.end();

		this.subscriptions.add(late);
		late.endsBy(ends::incrementAndGet);

		assertThat(ends).hasValue(1);
		assertThat(this.subscriptions.find("1")).isEmpty();
	}

	private void isRefused(ErrorType type, StompSubscription subscription) {
		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> this.subscriptions.add(subscription))
			.extracting(ProtocolViolation::type)
			.isEqualTo(type);
	}

	/** Make one that has nothing to send, so that it needs no connection. */
	private static StompSubscription subscription(String id, String destination) {
		return new StompSubscription(null, id, destination, AckMode.AUTO, 1, 0);
	}

}
