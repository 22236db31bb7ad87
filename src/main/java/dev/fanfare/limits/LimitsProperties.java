package dev.fanfare.limits;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.fanfare.topic.Rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure how much each connection, user, address and the node may have and do; 0 is
 * for as much as comes.
 *
 * @param exempt addresses and networks without limits per address and connection
 * @param patience how long publishers and senders over STOMP are held up for being too
 * fast before they are refused
 * @param maxTracked users and addresses whose rates are kept apart, for each limit;
 * further ones share a few
 * @param unfinished bytes of messages, frames, transactions and large HTTP bodies that
 * have begun and not ended, of all clients together, a quarter of it from one address; 0
 * stands for an eighth of the heap
 * @param connection what one connection may do
 * @param user what all that one user does may come to
 * @param address what all guests of one address may do together, and how many
 * connections, of users too, come from one
 * @param node what all may do together
 */
@ConfigurationProperties("fanfare.limits")
record LimitsProperties(@DefaultValue("127.0.0.0/8,::1") List<String> exempt, @DefaultValue("1s") Duration patience,
		@DefaultValue("20000") int maxTracked, @DefaultValue("0B") DataSize unfinished,
		@DefaultValue OfConnection connection, @DefaultValue OfUser user, @DefaultValue OfAddress address,
		@DefaultValue OfNode node) {

	LimitsProperties {
		Assert.isTrue(!patience.isNegative() && patience.toSeconds() <= 60,
				() -> "fanfare.limits.patience is %s: it must be between 0 and 60s".formatted(patience));
		Assert.isTrue(maxTracked > 0,
				() -> "fanfare.limits.max-tracked is %d: it must be 1 or more".formatted(maxTracked));
		networks(exempt);
		user.ceilings();
		address.ceilings();
		node.ceilings();
		Assert.isTrue(unfinished.toBytes() == 0 || unfinished.toMegabytes() >= 1,
				"fanfare.limits.unfinished is %s: it must be 1MB or more, or 0 for a part of the heap"
					.formatted(unfinished));
		if (unfinished.toBytes() == 0) {
			unfinished = DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 8);
		}
	}

	List<Network> networks() {
		return networks(this.exempt);
	}

	private static List<Network> networks(List<String> written) {
		try {
			// A default value is not taken apart at its commas, as a setting is.
			return written.stream()
				.flatMap((each) -> Stream.of(each.split(",")))
				.filter((each) -> !each.isBlank())
				.map(Network::of)
				.toList();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("fanfare.limits.exempt: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Bound one connection.
	 *
	 * @param publishes publications, and messages for the application
	 * @param bytesIn bytes that come over it, and some for each WebSocket frame
	 * @param bytesOut bytes that go over it
	 */
	record OfConnection(@DefaultValue("0") Rate publishes, @DefaultValue("4MB/s burst 16MB") Rate bytesIn,
			@DefaultValue("0") Rate bytesOut) {
	}

	/**
	 * Bound one user.
	 *
	 * @param connections connections at once
	 * @param connects new connections
	 * @param subscriptions subscriptions at once
	 * @param publishes publications, and messages for the application
	 * @param bytesIn bytes that come
	 * @param bytesOut bytes that go
	 * @param httpRequests requests over HTTP
	 */
	record OfUser(@DefaultValue("1000") int connections, @DefaultValue("100/s burst 1000") Rate connects,
			@DefaultValue("50000") int subscriptions, @DefaultValue("1000/s burst 5000") Rate publishes,
			@DefaultValue("0") Rate bytesIn, @DefaultValue("0") Rate bytesOut,
			@DefaultValue("1000/s burst 5000") Rate httpRequests) {

		Ceilings ceilings() {
			return new Ceilings("user", this.connections, this.connects, this.subscriptions, this.publishes,
					this.bytesIn, this.bytesOut, this.httpRequests);
		}

	}

	/**
	 * Bound one address.
	 *
	 * @param connections connections at once, of users too
	 * @param connects new connections, of users too
	 * @param subscriptions subscriptions of guests at once
	 * @param publishes publications, and messages for the application, of guests
	 * @param bytesIn bytes that come from guests
	 * @param bytesOut bytes that go to guests
	 * @param httpRequests requests of guests over HTTP
	 */
	record OfAddress(@DefaultValue("1000") int connections, @DefaultValue("50/s burst 1000") Rate connects,
			@DefaultValue("50000") int subscriptions, @DefaultValue("100/s burst 1000") Rate publishes,
			@DefaultValue("0") Rate bytesIn, @DefaultValue("0") Rate bytesOut,
			@DefaultValue("200/s burst 2000") Rate httpRequests) {

		Ceilings ceilings() {
			return new Ceilings("address", this.connections, this.connects, this.subscriptions, this.publishes,
					this.bytesIn, this.bytesOut, this.httpRequests);
		}

	}

	/**
	 * Bound all of them together.
	 *
	 * @param connections connections at once
	 * @param connects new connections
	 * @param subscriptions subscriptions at once
	 * @param publishes publications, and messages for the application
	 * @param bytesIn bytes that come
	 * @param bytesOut bytes that go
	 * @param httpRequests requests over HTTP
	 */
	record OfNode(@DefaultValue("20000") int connections, @DefaultValue("0") Rate connects,
			@DefaultValue("500000") int subscriptions, @DefaultValue("0") Rate publishes,
			@DefaultValue("0") Rate bytesIn, @DefaultValue("0") Rate bytesOut, @DefaultValue("0") Rate httpRequests) {

		Ceilings ceilings() {
			return new Ceilings("node", this.connections, this.connects, this.subscriptions, this.publishes,
					this.bytesIn, this.bytesOut, this.httpRequests);
		}

	}

	/** Say what one of some sort may have and do. */
	record Ceilings(String scope, int connections, Rate connects, int subscriptions, Rate publishes, Rate bytesIn,
			Rate bytesOut, Rate httpRequests) {

		Ceilings {
			requireCount(scope, "connections", connections);
			requireCount(scope, "subscriptions", subscriptions);
		}

		private static void requireCount(String scope, String name, int count) {
			Assert.isTrue(count >= 0,
					() -> "fanfare.limits.%s.%s is %d: it must be 0 (no limit) or more".formatted(scope, name, count));
		}

	}

}
