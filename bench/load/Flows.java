package load;

import java.util.Arrays;

/**
 * Publish in a closed loop: each flow has up to a window of publications that not all of its audience has received.
 * <p>
 * A flow is what one publisher sends to one topic, counted from 0.
 */
final class Flows {

	private final int window;

	private final int audience;

	private final Link[] publishers;

	private final byte[][] frames;

	private final int[] markers;

	private final int[] published;

	private final int[] completed;

	/** How many have received a publication: a ring of a window for each flow. */
	private final int[] received;

	/** Flows that may publish, a ring; each is in it once at most. */
	private final int[] ready;

	private final boolean[] queued;

	private int readyHead;

	private int readyCount;

	private boolean closed = true;

	private long total;

	long refused;

	/**
	 * Have a number of flows.
	 * @param window how many publications of a flow may be on their way; a power of two
	 * @param audience how many subscribers a flow has; 0 when its publisher's answers count
	 */
	Flows(int count, int window, int audience) {
		if (Integer.bitCount(window) != 1) {
			throw new IllegalArgumentException("The window is %d: it must be a power of two".formatted(window));
		}
		this.window = window;
		this.audience = audience;
		this.publishers = new Link[count];
		this.frames = new byte[count][];
		this.markers = new int[count];
		this.published = new int[count];
		this.completed = new int[count];
		this.received = new int[count * window];
		this.ready = new int[count];
		this.queued = new boolean[count];
	}

	int count() {
		return this.publishers.length;
	}

	int published(int flow) {
		return this.published[flow];
	}

	long total() {
		return this.total;
	}

	/** Have a flow published on a connection. */
	void set(int flow, Link publisher, String topic, byte[] body) {
		this.publishers[flow] = publisher;
		this.frames[flow] = publisher.protocol.publication(topic, body);
		this.markers[flow] = Marker.find(this.frames[flow]);
		publisher.reserve(Math.max(4096, this.window * this.frames[flow].length * 2));
	}

	/** Let all flows publish, as far as their windows are open. */
	void open() {
		this.closed = false;
		for (int flow = 0; flow < count(); flow++) {
			enqueue(flow);
		}
	}

	/** Publish no more by itself. */
	void close() {
		this.closed = true;
	}

	/** Take note that a subscriber has received a publication. */
	void delivered(int flow, int sequence) {
		if (this.audience == 0) {
			return;
		}
		int base = flow * this.window;
		int mask = this.window - 1;
		if (sequence < this.completed[flow] || sequence >= this.completed[flow] + this.window) {
			return;
		}
		if (++this.received[base + (sequence & mask)] >= this.audience && sequence == this.completed[flow]) {
			int done = sequence;
			while (done < this.published[flow] && this.received[base + (done & mask)] >= this.audience) {
				this.received[base + (done & mask)] = 0;
				done++;
			}
			this.completed[flow] = done;
			enqueue(flow);
		}
	}

	/** Take note that the server has accepted the oldest publication of a flow. */
	void answered(int flow) {
		if (this.audience == 0) {
			this.completed[flow]++;
			enqueue(flow);
		}
	}

	/** Take note that the server has refused the only publication of a flow: it is to be sent again. */
	void refused(int flow) {
		this.refused++;
		this.published[flow]--;
		this.total--;
		enqueue(flow);
	}

	/** Wait no longer for what is on its way: it is lost. */
	void giveUp() {
		if (this.audience > 0) {
			Arrays.fill(this.received, 0);
			System.arraycopy(this.published, 0, this.completed, 0, count());
		}
		for (int flow = 0; flow < count() && !this.closed; flow++) {
			enqueue(flow);
		}
	}

	/** Tell whether all that was published was received, or accepted where that counts. */
	boolean isComplete() {
		return Arrays.equals(this.published, this.completed);
	}

	/** Publish what the windows allow. */
	void pump() {
		for (int left = this.readyCount; left > 0; left--) {
			int flow = this.ready[this.readyHead];
			this.readyHead = (this.readyHead + 1 == this.ready.length) ? 0 : this.readyHead + 1;
			this.readyCount--;
			this.queued[flow] = false;
			long now = System.nanoTime();
			boolean room = true;
			while (room && !this.closed && this.published[flow] - this.completed[flow] < this.window) {
				room = publish(flow, now);
			}
			this.publishers[flow].flush();
			if (!room) {
				enqueue(flow);
			}
		}
	}

	/** Publish one more, window or not, unless the network takes nothing. */
	boolean publish(int flow, long sent) {
		byte[] frame = this.frames[flow];
		Marker.write(frame, this.markers[flow], flow, this.published[flow], sent);
		if (!this.publishers[flow].put(frame)) {
			return false;
		}
		this.published[flow]++;
		this.total++;
		return true;
	}

	void flush(int flow) {
		this.publishers[flow].flush();
	}

	private void enqueue(int flow) {
		if (!this.queued[flow] && !this.publishers[flow].closed) {
			this.queued[flow] = true;
			int tail = this.readyHead + this.readyCount++;
			this.ready[(tail >= this.ready.length) ? tail - this.ready.length : tail] = flow;
		}
	}

}
