package dev.fanfare.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.fanfare.topic.Publication;
import dev.fanfare.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Carry the publications of one topic that a lane delivers together, and what was laid
 * out for them.
 * <p>
 * A train belongs to its lane's thread and lives until its last subscription is served.
 */
public final class Train {

	private final TopicName topic;

	private final List<Publication> publications;

	/** What was laid out for other keys than the last, where there are several. */
	private Map<Object, Object> others = Map.of();

	/** The key that was asked for last, and what it led to: most ask for the same. */
	private @Nullable Object lastKey;

	private @Nullable Object lastLayout;

	/**
	 * Put together a train.
	 * @param topic the topic of them all
	 * @param publications in the order of their offsets
	 */
	public Train(TopicName topic, List<Publication> publications) {
		this.topic = topic;
		this.publications = List.copyOf(publications);
	}

	/** Return the topic of all publications. */
	public TopicName topic() {
		return this.topic;
	}

	/** Return the publications in the order of their offsets. */
	public List<Publication> publications() {
		return this.publications;
	}

	/**
	 * Lay out the train once for all subscribers that ask with equal keys.
	 * @param key what the layout depends on beside the train; equal keys mean layouts of
	 * one type
	 * @param layOut called for the first subscriber that asks
	 * @return what was laid out, shared: nobody changes it
	 */
	@SuppressWarnings("unchecked")
	public <T> T once(Object key, Function<Train, T> layOut) {
		if (!key.equals(this.lastKey)) {
			turnTo(key, layOut);
		}
		return (T) Objects.requireNonNull(this.lastLayout);
	}

	/**
	 * Return one of all keys that are equal to the one that was asked for last. Who asks
	 * the next train with that one is known by it being the same.
	 * @param key the one that was asked for last
	 */
	@SuppressWarnings("unchecked")
	public <K> K shared(K key) {
		Object last = this.lastKey;
		return (last != null && last.equals(key)) ? (K) last : key;
	}

	private <T> void turnTo(Object key, Function<Train, T> layOut) {
		if (this.lastKey != null && this.lastLayout != null) {
			this.others = this.others.isEmpty() ? new HashMap<>() : this.others;
			this.others.put(this.lastKey, this.lastLayout);
		}
		Object known = this.others.get(key);
		this.lastLayout = (known != null) ? known : layOut.apply(this);
		this.lastKey = key;
	}

}
