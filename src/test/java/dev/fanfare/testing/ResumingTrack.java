package dev.fanfare.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Note what a {@link ResumingReader} has of one topic. */
public final class ResumingTrack {

	private static final String NOWHERE = "";

	private final TopicRecord topic;

	private final boolean whole;

	private final List<String> messages = new ArrayList<>();

	/** The last message it has, or the position of the first RECEIPT. */
	private String position = NOWHERE;

	/** The offset after which it began, -1 while it is not known. */
	private volatile long origin;

	private volatile long last;

	ResumingTrack(TopicRecord topic, boolean whole) {
		this.topic = topic;
		this.whole = whole;
		this.origin = whole ? 0 : -1;
	}

	public TopicRecord topic() {
		return this.topic;
	}

	/** Return the offset after which it began. */
	public long origin() {
		return this.origin;
	}

	/** Return the newest offset it has. */
	public long last() {
		return this.last;
	}

	/** Name what is not as in the log, when nothing more comes: the first of it. */
	public Optional<String> fault(TopicHistory log) {
		List<String> expected = log.after(this.origin);
		int same = 0;
		while (same < Math.min(this.messages.size(), expected.size())
				&& this.messages.get(same).equals(expected.get(same))) {
			same++;
		}
		return (same == Math.max(this.messages.size(), expected.size())) ? Optional.empty()
				: Optional.of("%s: after %d comes %s instead of %s".formatted(this.topic.topic(), this.origin + same,
						at(this.messages, same), at(expected, same)));
	}

	private static String at(List<String> messages, int index) {
		return (index < messages.size()) ? messages.get(index) : "nothing";
	}

	/** Return the headers with which to subscribe now. */
	Map<String, String> start() {
		if (!this.position.equals(NOWHERE)) {
			return Map.of("destination", this.topic.destination(), "resume-after", this.position);
		}
		return this.whole ? Map.of("destination", this.topic.destination(), "replay", "all")
				: Map.of("destination", this.topic.destination());
	}

	boolean canResume() {
		return this.origin >= 0;
	}

	void add(Frame message) {
		this.position = message.header("message-id");
		this.messages.add(TopicHistory.line(this.position, message.body()));
		this.last = message.offset();
	}

	void started(String from) {
		if (this.position.equals(NOWHERE)) {
			this.position = from;
		}
		if (this.origin < 0) {
			this.origin = Long.parseLong(from.substring(from.indexOf(':') + 1));
			this.last = Math.max(this.last, this.origin);
		}
	}

}
