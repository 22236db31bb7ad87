package dev.fanfare.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hold what one topic was given and what each of its subscribers saw of it, and name
 * whatever does not agree.
 * <p>
 * Subscribers are recorded on one thread, the {@link Swarm}'s; what is noted for each
 * delivery is a number or two. A body begins with its marker and when it was sent, both
 * as sixteen hexadecimal digits.
 */
public final class TopicRecord {

	private final String topic;

	private final AtomicLong markers = new AtomicLong();

	/** The marker at each offset that a publisher was told. */
	private final Map<Long, Long> accepted = new ConcurrentHashMap<>();

	/** The marker at each offset as the first subscriber saw it. */
	private long[] seen = new long[1024];

	private final List<Reader> readers = new ArrayList<>();

	private volatile Latencies latencies = new Latencies();

	public TopicRecord(String topic) {
		this.topic = topic;
	}

	public String topic() {
		return this.topic;
	}

	public String destination() {
		return "/topic/" + this.topic;
	}

	/** Return a new body. */
	public String body(int bytes) {
		return "%016x%016x".formatted(this.markers.incrementAndGet(), System.nanoTime())
				+ "x".repeat(Math.max(0, bytes - 32));
	}

	/** Note that a body was accepted at a position, written epoch:offset. */
	public void accepted(String body, String position) {
		this.accepted.put(Long.parseLong(position.substring(position.indexOf(':') + 1)),
				Long.parseLong(body, 0, 16, 16));
	}

	/** Record one more subscriber, from offset 1 on. */
	public Reader reader() {
		Reader reader = new Reader();
		this.readers.add(reader);
		return reader;
	}

	public List<Reader> readers() {
		return this.readers;
	}

	/** Measure from here on into a new distribution. */
	public Latencies measure() {
		this.latencies = new Latencies();
		return this.latencies;
	}

	public int acceptedCount() {
		return this.accepted.size();
	}

	public long lastAccepted() {
		return this.accepted.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
	}

	/** Return how many different bodies were seen up to an offset. */
	public long distinctUpTo(int offset) {
		return Arrays.stream(this.seen, 1, offset + 1).distinct().count();
	}

	/** Tell whether every reader has seen all that was accepted. */
	public boolean isComplete() {
		long last = lastAccepted();
		return this.readers.stream().allMatch((reader) -> reader.last >= last);
	}

	/** Name what is missing, doubled, out of order or not what was accepted. */
	public List<String> faults() {
		List<String> faults = new ArrayList<>();
		long last = lastAccepted();
		for (Reader reader : this.readers) {
			if (reader.fault != null) {
				faults.add(reader.fault);
			}
			if (reader.last < last) {
				faults.add("%s: a reader got %d of %d".formatted(this.topic, reader.last, last));
			}
		}
		this.accepted.forEach((offset, marker) -> {
			if (offset < this.seen.length && this.seen[offset.intValue()] != marker) {
				faults.add("%s: not what was accepted at %d".formatted(this.topic, offset));
			}
		});
		return faults.subList(0, Math.min(faults.size(), 20));
	}

	/** Note what one subscriber sees. */
	public final class Reader implements Consumer<Frame> {

		private volatile long last;

		private volatile String fault;

		public long count() {
			return this.last;
		}

		@Override
		public void accept(Frame frame) {
			long offset = frame.offset();
			long marker = frame.hexAt(0);
			if (offset != this.last + 1 && this.fault == null) {
				this.fault = "%s: a reader saw %d after %d".formatted(TopicRecord.this.topic, offset, this.last);
			}
			if (agreed(offset) != 0 && agreed(offset) != marker && this.fault == null) {
				this.fault = "%s: readers differ at %d".formatted(TopicRecord.this.topic, offset);
			}
			TopicRecord.this.seen[(int) offset] = marker;
			TopicRecord.this.latencies.add(System.nanoTime() - frame.hexAt(16));
			this.last = offset;
		}

		private long agreed(long offset) {
			if (offset >= TopicRecord.this.seen.length) {
				TopicRecord.this.seen = Arrays.copyOf(TopicRecord.this.seen, (int) offset * 2);
			}
			return TopicRecord.this.seen[(int) offset];
		}

	}

}
