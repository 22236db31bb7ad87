package load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import org.HdrHistogram.Histogram;

/** Check every delivery: that it is the next of its flow for its subscriber, and how long it took. */
final class Deliveries {

	private static final int UNHEARD = -1;

	private final Flows flows;

	/** By subscriber and flow; a subscriber's first publication of a flow tells where it begins. */
	private int[] next = new int[0];

	private int streams;

	/** Sequence numbers that were left out, by stream. */
	private final Map<Integer, BitSet> missing = new HashMap<>();

	private final Histogram latencies = new Histogram(120_000_000_000L, 3);

	/** How far before its end a message has its marker: learnt from the last one. */
	private int tail;

	private long since;

	/** When what is read now was read. */
	long now;

	long count;

	long doubled;

	long reordered;

	long misrouted;

	private long gaps;

	Deliveries(Flows flows) {
		this.flows = flows;
	}

	/** Expect what a subscriber should hear. */
	void expect(Link link) {
		link.streams = this.streams;
		this.streams += link.flows;
		if (this.streams > this.next.length) {
			int known = this.next.length;
			this.next = Arrays.copyOf(this.next, Math.max(1024, this.streams * 2));
			Arrays.fill(this.next, known, this.next.length, UNHEARD);
		}
	}

	/** Forget what was measured so far, and measure the latency of what is sent from now on. */
	void measure() {
		this.latencies.reset();
		this.since = System.nanoTime();
	}

	/** Measure the latency of what is sent no more. */
	Histogram latencies() {
		return this.latencies;
	}

	/** Take a message that may be a delivery. */
	boolean take(Link link, ByteBuffer in, int from, int to) {
		int at = to - this.tail;
		if (at < from || to - at < Marker.LENGTH || in.getLong(at) != Marker.MAGIC) {
			at = Marker.find(in, from, to);
			if (at < 0) {
				return false;
			}
			this.tail = to - at;
		}
		int flow = Marker.flow(in, at);
		int slot = flow - link.firstFlow;
		if (slot < 0 || slot >= link.flows) {
			this.misrouted++;
			return true;
		}
		int sequence = Marker.sequence(in, at);
		int stream = link.streams + slot;
		link.received++;
		if (sequence == this.next[stream] || isRight(flow, stream, sequence)) {
			this.next[stream] = sequence + 1;
			this.count++;
			this.flows.delivered(flow, sequence);
			long sent = Marker.nanos(in, at);
			if (sent >= this.since) {
				this.latencies.recordValue(Math.max(0, this.now - sent));
			}
		}
		return true;
	}

	/** Take the answer to a publication, from the connection that the flow is alone on. */
	void answered(Link publisher, boolean accepted) {
		if (accepted) {
			this.flows.answered(publisher.firstFlow);
		}
		else {
			this.flows.refused(publisher.firstFlow);
		}
	}

	/** Tell whether an unexpected sequence number is one to go on from. */
	private boolean isRight(int flow, int stream, int sequence) {
		int expected = this.next[stream];
		if (expected == UNHEARD) {
			return true;
		}
		if (sequence > expected) {
			this.missing.computeIfAbsent(stream, (any) -> new BitSet()).set(expected, sequence);
			this.gaps += sequence - expected;
			return true;
		}
		BitSet left = this.missing.get(stream);
		if (left != null && left.get(sequence)) {
			left.clear(sequence);
			this.gaps--;
			this.reordered++;
			this.flows.delivered(flow, sequence);
			this.count++;
		}
		else {
			this.doubled++;
		}
		return false;
	}

	/** Return how many of what was published have not come, up to now. */
	long lost(Iterable<Link> subscribers) {
		long lost = this.gaps;
		for (Link link : subscribers) {
			for (int slot = 0; slot < link.flows; slot++) {
				int heard = this.next[link.streams + slot];
				if (heard != UNHEARD) {
					lost += this.flows.published(link.firstFlow + slot) - heard;
				}
			}
		}
		return lost;
	}

	/** Tell whether a subscriber has heard each of its flows. */
	boolean heardAll(Link link) {
		for (int slot = 0; slot < link.flows; slot++) {
			if (this.next[link.streams + slot] == UNHEARD) {
				return false;
			}
		}
		return true;
	}

}
