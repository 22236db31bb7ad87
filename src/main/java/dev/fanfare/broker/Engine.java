package dev.fanfare.broker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Order, keep and announce publications.
 * <p>
 * Every method may be called by any number of threads, virtual ones at best: it may wait
 * for a disk or a network, never for a reader.
 */
public interface Engine {

	/**
	 * Begin to announce publications to this node.
	 * <p>
	 * Called once, before anything is appended.
	 * @param announce called with what was appended together, so that nobody sees a part
	 * of it; for one topic in the order of the offsets and never by two threads at once,
	 * on any thread; it never blocks
	 */
	void start(Consumer<List<Publication>> announce);

	/**
	 * Store the drafts as their topics' rules say and announce them on every node.
	 * <p>
	 * All of it is one step, also across a crash: either every draft has its position, is
	 * kept and is announced, or none is. Drafts of one topic get ascending offsets in the
	 * order of the list, with nothing of anybody else between them. What is announced can
	 * be lost no more. A draft whose idempotency key the topic knows is not stored again.
	 * @param drafts what to publish; their topics need not exist yet
	 * @return where they are, in the order of the drafts
	 * @throws dev.fanfare.topic.Refusal if they are not stored
	 */
	List<Stored> append(List<Draft> drafts);

	/** Return where a topic stands; it need not exist. */
	TopicState state(TopicName topic);

	/**
	 * Read on in the history of a topic.
	 * @param after the offset to read on after; what is no longer kept is passed over
	 * @param limit how many publications to read at most
	 * @return what comes next, as much as is sensible to hold in memory at once; empty
	 * only at the end
	 */
	Page read(TopicName topic, long after, int limit);

	/**
	 * Return the offset of the last publication that was accepted before that time, 0
	 * where there is none.
	 */
	long offsetBefore(TopicName topic, Instant time);

	/**
	 * List topics by name.
	 * @param prefix how their names begin
	 * @param after the name to go on after, none to begin
	 * @param limit how many at most
	 */
	List<TopicState> topics(String prefix, @Nullable TopicName after, int limit);

	/**
	 * Forget a topic's history: it begins a new epoch.
	 * @return where it stands then
	 */
	TopicState reset(TopicName topic);

	/** Return how far a durable subscription has come, if there is one of that name. */
	Optional<Cursor> cursor(CursorName name);

	/** Return how many durable subscriptions there are. */
	int cursorCount();

	/** List durable subscriptions by owner and name, those after that one. */
	List<Cursor> cursors(@Nullable CursorName after, int limit);

	/**
	 * Keep how far a durable subscription has come, so that it outlives this process.
	 * @return completes when it is kept, or what was saved for it later is; exceptionally
	 * with the {@link dev.fanfare.topic.Refusal} why it is not
	 */
	CompletableFuture<Void> save(Cursor cursor);

	/** Forget a durable subscription; completes as {@link #save} does. */
	CompletableFuture<Void> forget(CursorName name);

}
