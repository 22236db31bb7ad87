package dev.fanfare.http;

import java.time.Instant;

import dev.fanfare.topic.Position;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Say which part of a topic's history somebody wants.
 *
 * @param after only what comes after this one
 * @param before only what comes before this one
 * @param since only what was accepted at this time or later
 * @param limit how many at most
 * @param order which come first
 */
record HistoryQuery(TopicName topic, @Nullable Position after, @Nullable Position before, @Nullable Instant since,
		int limit, Order order) {

	HistoryQuery after(Position position) {
		return new HistoryQuery(this.topic, position, this.before, null, this.limit, this.order);
	}

	HistoryQuery before(Position position) {
		return new HistoryQuery(this.topic, this.after, position, this.since, this.limit, this.order);
	}

	HistoryQuery between(Position first, Position last) {
		return new HistoryQuery(this.topic, first, last, null, this.limit, this.order);
	}

	/** Write it as the reference that asks for it. */
	String reference() {
		UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/api/topics/%s/publications".formatted(this.topic));
		if (this.after != null) {
			uri.queryParam("after", this.after);
		}
		if (this.before != null) {
			uri.queryParam("before", this.before);
		}
		if (this.since != null) {
			uri.queryParam("since", this.since);
		}
		uri.queryParam("limit", this.limit);
		if (this.order == Order.NEWEST) {
			uri.queryParam("order", "newest");
		}
		return uri.build().toUriString();
	}

}
