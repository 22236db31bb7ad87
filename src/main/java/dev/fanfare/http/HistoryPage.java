package dev.fanfare.http;

import java.util.List;
import java.util.StringJoiner;

import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/**
 * Hold a part of a topic's history.
 *
 * @param query what was asked for
 * @param state where the topic stood
 * @param publications in the order that was asked for
 * @param from the offset after which everything begins that is asked for
 * @param to the offset of the last that is asked for
 */
record HistoryPage(HistoryQuery query, TopicState state, List<Publication> publications, long from, long to) {

	/**
	 * Say where it goes on and where it came from, empty where it does neither.
	 *
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</a>
	 */
	String links() {
		StringJoiner links = new StringJoiner(", ");
		if (this.publications.isEmpty()) {
			return "";
		}
		boolean newest = this.query.order() == Order.NEWEST;
		long lowest = (newest ? this.publications.getLast() : this.publications.getFirst()).position().offset();
		long highest = (newest ? this.publications.getFirst() : this.publications.getLast()).position().offset();
		if (newest ? lowest > this.from + 1 : highest < this.to) {
			links.add(link("next", newest ? this.query.before(at(lowest)) : this.query.after(at(highest))));
		}
		if (newest ? highest < this.state.position().offset() : lowest > this.state.oldest()) {
			links.add(link("prev", newest ? above(highest) : below(lowest)));
		}
		return links.toString();
	}

	private HistoryQuery below(long lowest) {
		long begin = Math.max(this.state.oldest(), lowest - this.query.limit()) - 1;
		return this.query.between(at(begin), at(lowest));
	}

	private HistoryQuery above(long highest) {
		long end = Math.min(this.state.position().offset(), highest + this.query.limit()) + 1;
		return this.query.between(at(highest), at(end));
	}

	private Position at(long offset) {
		return new Position(this.state.position().epoch(), offset);
	}

	private static String link(String relation, HistoryQuery query) {
		return "<%s>; rel=\"%s\"".formatted(query.reference(), relation);
	}

}
