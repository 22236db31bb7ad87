package dev.fanfare.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Publish each body to two servers, in the same order: to the second until it is
 * accepted, to the first as long as that accepts.
 */
public final class TwicePublisher {

	private static final int BODY = 64;

	private static final long PAUSE_NANOS = 3_000_000;

	private final TopicRecord topic;

	private final HttpPublisher first;

	private final HttpPublisher second;

	private final List<String> published = new CopyOnWriteArrayList<>();

	private final Thread thread;

	private volatile boolean firstIsThere = true;

	private volatile boolean running = true;

	/** Begin to publish. */
	public TwicePublisher(String topic, int first, int second) {
		this.topic = new TopicRecord(topic);
		this.first = new HttpPublisher(first);
		this.second = new HttpPublisher(second);
		this.thread = Thread.ofVirtual().name("twice-publisher").start(this::run);
	}

	/** Return the bodies that were accepted. */
	public List<String> published() {
		return this.published;
	}

	/** Publish what has been begun, and no more. */
	public void stop() throws InterruptedException {
		this.running = false;
		this.thread.join();
	}

	private void run() {
		while (this.running) {
			String body = this.topic.body(BODY);
			this.firstIsThere = this.firstIsThere && isAccepted(this.first, body);
			while (!isAccepted(this.second, body)) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			this.published.add(body);
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private boolean isAccepted(HttpPublisher server, String body) {
		try {
			return server.publish(this.topic, body, body) == 201;
		}
		catch (IllegalStateException ex) {
			// It is gone.
			return false;
		}
	}

}
