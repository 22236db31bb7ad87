package dev.fanfare.http;

import java.util.List;

import dev.fanfare.access.Caller;
import dev.fanfare.broker.Broker;
import dev.fanfare.broker.Page;
import dev.fanfare.broker.TopicState;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

import org.springframework.stereotype.Component;

/**
 * Read parts of topics' histories.
 * <p>
 * Offsets have no holes, so what is wanted is a stretch of them, after {@code from} and
 * up to {@code to}: <pre>
 *   oldest first      from [1 2 3 4] . . . . . to      the next page is after 4
 *   newest first      from . . . . . [4 3 2 1] to      the next page is before 4
 * </pre>
 */
@Component
class History {

	private final Broker broker;

	History(Broker broker) {
		this.broker = broker;
	}

	/**
	 * Read what is wanted, or as much of it as is sensible to hold in memory at once.
	 * @throws PositionLost if something would be missing between a position and what is
	 * read
	 */
	HistoryPage read(Caller caller, HistoryQuery query) {
		TopicState state = this.broker.state(caller, query.topic());
		long from = from(caller, query, state);
		long to = to(query, state);
		boolean newest = query.order() == Order.NEWEST;
		Page page = newest ? readBack(caller, state, Math.max(from, to - query.limit()), to)
				: read(caller, state, from, Math.min(to, from + query.limit()));
		if (!page.state().position().epoch().equals(state.position().epoch())) {
			// It was reset between the two.
			return read(caller, query);
		}
		List<Publication> found = page.publications();
		if (query.after() != null && to > from && (found.isEmpty() || !newest && first(found) > from + 1)) {
			// It was trimmed between the two.
			throw new PositionLost("after", query.after(), this.broker.state(caller, query.topic()));
		}
		return new HistoryPage(query, state, newest ? found.reversed() : found, from, to);
	}

	private long from(Caller caller, HistoryQuery query, TopicState state) {
		Position after = query.after();
		if (after != null && !state.keepsAllAfter(after)) {
			throw new PositionLost("after", after, state);
		}
		long seen = (after != null) ? after.offset() : 0;
		long old = (query.since() != null) ? this.broker.offsetBefore(caller, query.topic(), query.since()) : 0;
		return Math.max(state.oldest() - 1, Math.max(seen, old));
	}

	private static long to(HistoryQuery query, TopicState state) {
		Position before = query.before();
		if (before == null) {
			return state.position().offset();
		}
		if (!before.epoch().equals(state.position().epoch()) || before.offset() > state.position().offset() + 1) {
			throw new PositionLost("before", before, state);
		}
		return before.offset() - 1;
	}

	private Page read(Caller caller, TopicState state, long from, long to) {
		if (to <= from) {
			return new Page(state, List.of());
		}
		Page page = this.broker.read(caller, state.topic(), from, (int) (to - from));
		// Where it was trimmed meanwhile, the page begins later, and ends later too.
		return new Page(page.state(),
				page.publications().stream().filter((each) -> each.position().offset() <= to).toList());
	}

	/** Read forwards from a place so near that the page reaches the end. */
	private Page readBack(Caller caller, TopicState state, long from, long to) {
		Page page = read(caller, state, from, to);
		long begin = from;
		while (to - begin > 1 && !page.publications().isEmpty() && last(page.publications()) < to) {
			begin = to - Math.max(1, (to - begin) / 2);
			page = read(caller, state, begin, to);
		}
		return page;
	}

	private static long first(List<Publication> publications) {
		return publications.getFirst().position().offset();
	}

	private static long last(List<Publication> publications) {
		return publications.getLast().position().offset();
	}

}
