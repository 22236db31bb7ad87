package dev.fanfare.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.fanfare.broker.TopicState;
import dev.fanfare.engine.embedded.KeptLog;
import dev.fanfare.topic.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Hold what publishers wanted stored, what they were told and what readers saw, and name
 * whatever in a log does not agree with it.
 * <p>
 * Bodies are different from each other and begin with {@code publisher:number:}; the
 * numbers of one publisher ascend.
 */
public final class Ledger {

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	private final Map<String, String> delivered = new ConcurrentHashMap<>();

	/** Bodies that were published again, and so out of their publisher's order. */
	private final Set<String> again = ConcurrentHashMap.newKeySet();

	private final Map<String, String> epochs = new TreeMap<>();

	private final AtomicInteger acknowledged = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	/** Note what a publisher is about to publish, all of it or none. */
	public Entry entry(List<Item> items) {
		Entry entry = new Entry(this, List.copyOf(items));
		this.entries.add(entry);
		return entry;
	}

	/** Note what a subscriber sees. */
	public void delivered(String topic, String position, String body) {
		this.delivered.put(topic + " " + position, body);
	}

	public int acknowledged() {
		return this.acknowledged.get();
	}

	public int refused() {
		return this.refused.get();
	}

	public int seen() {
		return this.delivered.size();
	}

	/** Return what has keys and was not answered, oldest first. */
	public List<Entry> unansweredWithKeys() {
		return this.entries.stream().filter((entry) -> entry.hasKeys() && !entry.isAcknowledged()).toList();
	}

	/** Return the newest that has keys and was answered, so many at most. */
	public List<Entry> answeredWithKeys(int limit) {
		List<Entry> answered = this.entries.stream()
			.filter((entry) -> entry.hasKeys() && entry.isAcknowledged())
			.toList();
		return answered.subList(Math.max(0, answered.size() - limit), answered.size());
	}

	/** Return what was acknowledged up to now. */
	public List<Entry> answered() {
		return this.entries.stream().filter(Entry::isAcknowledged).toList();
	}

	/**
	 * Name what is not in a log, though it should be, or in part alone; whatever its
	 * epochs are.
	 */
	public List<String> lost(List<Entry> before, KeptLog log) {
		Set<String> there = new HashSet<>();
		log.publications().values().forEach((all) -> all.forEach((one) -> there.add(text(one))));
		List<String> lost = new ArrayList<>();
		for (Entry entry : this.entries) {
			long found = entry.items.stream().filter((item) -> there.contains(item.body())).count();
			if (found == 0 && before.contains(entry) || found > 0 && found < entry.items.size()) {
				lost.add("%d of %s".formatted(found, entry.items));
			}
		}
		return lost.subList(0, Math.min(lost.size(), 20));
	}

	/** Note that it is published again. */
	void again(Entry entry) {
		entry.items().forEach((item) -> this.again.add(item.body()));
		entry.refused = false;
	}

	/** Name what is missing, doubled, half there or not where its publisher was told. */
	public List<String> faults(KeptLog log) {
		List<String> faults = new ArrayList<>();
		Map<String, String> places = new HashMap<>();
		log.publications().forEach((topic, publications) -> {
			checkOffsets(log.states().get(topic), publications, faults);
			checkPublishers(topic, publications, faults);
			for (Publication publication : publications) {
				String before = places.put(text(publication), topic + " " + publication.position());
				if (before != null) {
					faults.add("%s is there twice: %s and %s %s".formatted(text(publication), before, topic,
							publication.position()));
				}
			}
		});
		this.entries.forEach((entry) -> check(entry, log, places, faults));
		this.delivered.forEach((place, body) -> {
			if (isKept(place, log) && !place.equals(places.get(body))) {
				faults.add("%s was delivered at %s and is at %s".formatted(body, place, places.get(body)));
			}
		});
		return faults.subList(0, Math.min(faults.size(), 20));
	}

	private void checkOffsets(TopicState state, List<Publication> publications, List<String> faults) {
		String topic = state.topic().value();
		String epoch = this.epochs.computeIfAbsent(topic, (first) -> state.position().epoch());
		if (!epoch.equals(state.position().epoch())) {
			faults.add("%s has epoch %s; it was %s".formatted(topic, state.position().epoch(), epoch));
		}
		long offset = state.oldest();
		for (Publication publication : publications) {
			if (publication.position().offset() != offset) {
				faults.add("%s has %s in the place of %d".formatted(topic, publication.position(), offset));
			}
			offset = publication.position().offset() + 1;
		}
		if (offset != state.position().offset() + 1) {
			faults.add("%s ends before %d; its head is %s".formatted(topic, offset, state.position()));
		}
	}

	private void checkPublishers(String topic, List<Publication> publications, List<String> faults) {
		Map<String, Long> last = new HashMap<>();
		for (Publication publication : publications) {
			String[] parts = text(publication).split(":", 3);
			long number = Long.parseLong(parts[1]);
			if (this.again.contains(text(publication))) {
				continue;
			}
			Long before = last.put(parts[0], number);
			if (before != null && before > number) {
				faults.add("%s has %s:%d after %d".formatted(topic, parts[0], number, before));
			}
		}
	}

	private static void check(Entry entry, KeptLog log, Map<String, String> places, List<String> faults) {
		List<String> positions = entry.positions;
		Set<Boolean> there = new HashSet<>();
		for (int index = 0; index < entry.items.size(); index++) {
			Item item = entry.items.get(index);
			String place = places.get(item.body());
			boolean told = !positions.isEmpty();
			if (told && place == null && !isKept(item.topic() + " " + positions.get(index), log)) {
				// Trimmed since.
				continue;
			}
			there.add(place != null);
			if (place == null && entry.isAcknowledged()) {
				faults.add("%s is lost; acknowledged %s".formatted(item, positions));
			}
			if (place != null && entry.refused) {
				faults.add("%s was refused and is at %s".formatted(item, place));
			}
			if (told && place != null && !place.equals(item.topic() + " " + positions.get(index))) {
				faults.add("%s is at %s; acknowledged %s".formatted(item, place, positions.get(index)));
			}
		}
		if (there.size() > 1) {
			faults.add("half there: " + entry.items);
		}
	}

	/** Tell whether a place is one that is not trimmed. */
	private static boolean isKept(String place, KeptLog log) {
		TopicState state = log.states().get(place.substring(0, place.indexOf(' ')));
		return state == null || Long.parseLong(place.substring(place.lastIndexOf(':') + 1)) >= state.oldest();
	}

	private static String text(Publication publication) {
		return new String(publication.body(), StandardCharsets.UTF_8);
	}

	/**
	 * Say what is to be published to one topic.
	 *
	 * @param key its idempotency key, if it has one
	 */
	public record Item(String topic, String body, @Nullable String key) {

		@Override
		public String toString() {
			return this.topic + " " + this.body.substring(0, Math.min(this.body.length(), 40));
		}

	}

	/** Hold what is to be stored together, and what its publisher was told. */
	public static final class Entry {

		private final Ledger ledger;

		private final List<Item> items;

		private volatile boolean acknowledged;

		private volatile boolean refused;

		private volatile List<String> positions = List.of();

		private Entry(Ledger ledger, List<Item> items) {
			this.ledger = ledger;
			this.items = items;
		}

		public List<Item> items() {
			return this.items;
		}

		/** Note that it is stored, and where if that was said. */
		public void acknowledge(List<String> told) {
			this.positions = List.copyOf(told);
			this.acknowledged = true;
			this.ledger.acknowledged.incrementAndGet();
		}

		/** Note that it is not stored. */
		public void refuse() {
			this.refused = true;
			this.ledger.refused.incrementAndGet();
		}

		public boolean isAcknowledged() {
			return this.acknowledged;
		}

		/** Return where it is, as far as that was said. */
		public List<String> positions() {
			return this.positions;
		}

		boolean hasKeys() {
			return this.items.getFirst().key() != null;
		}

	}

}
