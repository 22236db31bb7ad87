package dev.fanfare.broker;

import java.util.List;
import java.util.function.Consumer;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/** Order, keep and announce publications. */
public interface Engine {

	/**
	 * Begin to announce publications to this node.
	 * <p>
	 * Called once, before anything is appended.
	 * @param announce called for the publications of one topic in the order of their
	 * offsets, on any thread, never by two threads at once for one topic; it never blocks
	 */
	void start(Consumer<Publication> announce);

	/**
	 * Store the drafts and announce them on every node.
	 * <p>
	 * All of it is one step: either every draft has its position and is announced, or
	 * none is. Drafts of one topic get ascending offsets in the order of the list, with
	 * nothing of anybody else between them.
	 * @param drafts what to publish; their topics need not exist yet
	 * @return the positions their topics gave them, in the order of the drafts
	 */
	List<Position> append(List<Draft> drafts);

}
