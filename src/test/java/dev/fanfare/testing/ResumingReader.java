package dev.fanfare.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Read topics like a client that is cut off again and again, comes back at once and asks
 * for what comes after the last message it has.
 * <p>
 * Everything happens on the swarm's thread. What comes on a connection that is cut is not
 * looked at, for its client is gone.
 */
public final class ResumingReader {

	/** What may happen on a connection before it is cut. */
	private static final int MOST_EVENTS = 200;

	private final Swarm swarm;

	private final Random random;

	private final List<ResumingTrack> tracks;

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private volatile int cutsLeft;

	private volatile int cutsWithinReplay;

	/**
	 * Begin to read.
	 * @param wholeTopics whether to ask for all that the topics have, or for what comes
	 */
	public ResumingReader(Swarm swarm, long seed, int cuts, boolean wholeTopics, TopicRecord... topics) {
		this.swarm = swarm;
		this.random = new Random(seed);
		this.cutsLeft = cuts;
		this.tracks = Stream.of(topics).map((topic) -> new ResumingTrack(topic, wholeTopics)).toList();
		swarm.execute(Life::new);
	}

	/** Return what it has of each topic. */
	public List<ResumingTrack> tracks() {
		return this.tracks;
	}

	public int cutsLeft() {
		return this.cutsLeft;
	}

	/** Return how often it was cut while it was sent what it had missed. */
	public int cutsWithinReplay() {
		return this.cutsWithinReplay;
	}

	/** Name what it should not have been told, and where it differs from the logs. */
	public List<String> faults(TopicHistory... logs) {
		List<String> all = new ArrayList<>(this.faults);
		for (int index = 0; index < logs.length; index++) {
			this.tracks.get(index).fault(logs[index]).ifPresent(all::add);
		}
		return all;
	}

	/** Last from one connect to the next cut. */
	private final class Life {

		private final StompClient client = StompClient.connect(ResumingReader.this.swarm);

		/** Small often enough that it is cut before anything came, and at a receipt. */
		private final int cutAfter = ResumingReader.this.random
			.nextInt((ResumingReader.this.random.nextInt(4) == 0) ? 4 : MOST_EVENTS);

		private int messages;

		private int receipts;

		private boolean over;

		private Life() {
			this.client.connecting().thenRun(this::subscribe);
			this.client.wire().closed().thenAccept((close) -> {
				if (!this.over) {
					ResumingReader.this.faults.add("The server has ended a connection: " + close);
				}
			});
		}

		private void subscribe() {
			for (ResumingTrack track : ResumingReader.this.tracks) {
				this.client.subscribing(track.topic().topic(), track.start(), (frame) -> message(track, frame))
					.thenAccept((receipt) -> receipt(track, receipt));
			}
			cutWhenDue();
		}

		private void message(ResumingTrack track, Frame frame) {
			if (!this.over) {
				track.add(frame);
				this.messages++;
				cutWhenDue();
			}
		}

		private void receipt(ResumingTrack track, Frame receipt) {
			if (this.over) {
				return;
			}
			if (!receipt.command().equals("RECEIPT") || !receipt.header("recovered").equals("true")) {
				ResumingReader.this.faults.add("After %s came %s".formatted(track.start(), receipt));
			}
			track.started(receipt.header("position"));
			this.receipts++;
			cutWhenDue();
		}

		private void cutWhenDue() {
			boolean due = this.messages + this.receipts >= this.cutAfter && ResumingReader.this.cutsLeft > 0;
			if (due && ResumingReader.this.tracks.stream().allMatch(ResumingTrack::canResume)) {
				cut();
			}
		}

		@SuppressWarnings("NonAtomicOperationOnVolatileField")
		private void cut() {
			this.over = true;
			this.client.wire().vanish();
			if (this.messages > 0 && this.receipts < ResumingReader.this.tracks.size()) {
				ResumingReader.this.cutsWithinReplay++;
			}
			ResumingReader.this.cutsLeft--;
			new Life();
		}

	}

}
