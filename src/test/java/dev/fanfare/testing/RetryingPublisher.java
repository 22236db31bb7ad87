package dev.fanfare.testing;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Publish one body after the other by HTTP, each with a key of its own, and each again
 * and again until it is accepted.
 */
public final class RetryingPublisher {

	private static final int BODY = 64;

	/** About three hundred bodies a second. */
	private static final long PAUSE_NANOS = 3_000_000;

	private static final long AGAIN_NANOS = 50_000_000;

	private final TopicRecord topic;

	private final Supplier<HttpPublisher> server;

	private final List<String> published = new CopyOnWriteArrayList<>();

	private final AtomicInteger repeated = new AtomicInteger();

	private final Thread thread;

	private volatile boolean running = true;

	/**
	 * Begin to publish.
	 * @param server asked for at each attempt
	 */
	public RetryingPublisher(TopicRecord topic, Supplier<HttpPublisher> server) {
		this.topic = topic;
		this.server = server;
		this.thread = Thread.ofVirtual().name("retrying-publisher").start(this::run);
	}

	/** Return the bodies that were accepted. */
	public List<String> published() {
		return this.published;
	}

	/** Return how many attempts failed. */
	public int repeated() {
		return this.repeated.get();
	}

	/** Publish what has been begun, and no more. */
	public void stop() throws InterruptedException {
		this.running = false;
		this.thread.join();
	}

	private void run() {
		while (this.running) {
			String body = this.topic.body(BODY);
			String key = UUID.randomUUID().toString();
			while (!isAccepted(body, key)) {
				this.repeated.incrementAndGet();
				LockSupport.parkNanos(AGAIN_NANOS);
			}
			this.published.add(body);
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private boolean isAccepted(String body, String key) {
		try {
			return this.server.get().publish(this.topic, body, key) == 201;
		}
		catch (IllegalStateException ex) {
			// Nobody answers; that is for a while.
			return false;
		}
	}

}
