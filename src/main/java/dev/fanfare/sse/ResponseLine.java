package dev.fanfare.sse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.topic.Refusal;
import dev.fanfare.websocket.CloseReason;
import dev.fanfare.websocket.Line;
import dev.fanfare.websocket.Payload;
import jakarta.servlet.AsyncContext;
import org.eclipse.jetty.ee11.servlet.ServletChannel;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.servlet.ServletContextResponse;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Send to the response of one request, which stays open.
 * <p>
 * Jetty takes one write at a time; what comes meanwhile waits and goes out together, in
 * one write: <pre>
 *   send --&gt; [waiting] --process--&gt; [flying] --onSuccess--&gt; told that it was sent
 * </pre> What waits is bounded by the outbox. The lock is held for a few instructions and
 * no other is taken within it.
 */
final class ResponseLine extends IteratingCallback implements Line {

	/** Names the attribute of a request that is to be answered with a refusal. */
	static final String REFUSAL = ResponseLine.class.getName() + ".refusal";

	/** Bytes that are gathered for one write. */
	private static final int MOST_GATHERED = 256 * 1024;

	private final AsyncContext async;

	private final ServletChannel channel;

	private final ServletContextResponse response;

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private boolean ending;

	private boolean ended;

	/** Whether the request was told to end, in whatever way. */
	private final AtomicBoolean over = new AtomicBoolean();

	/** What is being written; belongs to whoever iterates. */
	private List<Waiting> flying = List.of();

	private volatile @Nullable Refusal refusal;

	private volatile Runnable aborted = () -> {
	};

	/**
	 * Send to the response of that request.
	 * @param executor runs what may call the application
	 */
	ResponseLine(AsyncContext async, Executor executor) {
		this.async = async;
		this.executor = executor;
		this.channel = ServletContextRequest.getServletContextRequest(async.getRequest()).getServletChannel();
		this.response = ServletContextResponse.getServletContextResponse(async.getResponse());
	}

	/**
	 * Have the request answered with a refusal when it ends, of which nothing was sent.
	 */
	void refuse(Refusal why) {
		this.refusal = why;
	}

	/** Have something run when the request was cut off, of which Jetty tells nobody. */
	void whenAborted(Runnable aborted) {
		this.aborted = aborted;
	}

	@Override
	public void send(List<Payload> payloads, Callback sent) {
		ByteBuffer bytes = gathered(payloads.stream().map((payload) -> payload.bytes().slice()).toList());
		if (add(new Waiting(bytes, sent))) {
			iterate();
		}
		else {
			sent.failed(new IOException("The stream has ended"));
		}
	}

	@Override
	public boolean compresses() {
		return false;
	}

	@Override
	public void ping() {
		// Streams have heart-beats of their own.
	}

	/** Have a browser wait so long before it comes back. */
	@Override
	public void comeBackIn(Duration wait) {
		send(List.of(EventEncoder.retry(wait)), Callback.NOOP);
	}

	/** End the response; a slow reader would not see its end for long. */
	@Override
	public void close(CloseReason reason, int code, String text) {
		if (reason == CloseReason.SLOW_READER) {
			abort();
			return;
		}
		this.lock.lock();
		this.ending = true;
		this.lock.unlock();
		iterate();
	}

	@Override
	public void abort() {
		// Once it is over, Jetty may have the channel serve the connection's next
		// request.
		if (this.over.compareAndSet(false, true)) {
			this.channel.abort(new IOException("The reader was cut off"));
			this.executor.execute(this.aborted);
		}
	}

	@Override
	protected Action process() {
		boolean last = take();
		if (this.flying.isEmpty()) {
			return last ? Action.SUCCEEDED : Action.IDLE;
		}
		this.response.write(false, gathered(this.flying.stream().map(Waiting::bytes).toList()), this);
		return Action.SCHEDULED;
	}

	@Override
	protected void onSuccess() {
		List<Waiting> landed = this.flying;
		this.flying = List.of();
		landed.forEach((each) -> each.sent().succeeded());
	}

	@Override
	protected void onCompleteSuccess() {
		end(new IOException("The stream has ended"));
		this.executor.execute(this::complete);
	}

	@Override
	protected void onCompleteFailure(Throwable cause) {
		end(cause);
		this.executor.execute(this::complete);
	}

	private void complete() {
		if (!this.over.compareAndSet(false, true)) {
			return;
		}
		try {
			if (this.refusal != null) {
				this.async.getRequest().setAttribute(REFUSAL, this.refusal);
				this.async.dispatch();
			}
			else {
				this.async.complete();
			}
		}
		catch (IllegalStateException ex) {
			// The connection was lost, and Jetty has ended the request itself.
		}
	}

	private boolean add(Waiting next) {
		this.lock.lock();
		try {
			return !this.ended && this.waiting.add(next);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Take what is written next, and tell whether nothing follows it. */
	private boolean take() {
		this.lock.lock();
		try {
			List<Waiting> taken = new ArrayList<>();
			int bytes = 0;
			for (Waiting next = this.waiting.peek(); next != null
					&& (taken.isEmpty() || bytes + next.bytes().remaining() <= MOST_GATHERED); next = this.waiting
						.peek()) {
				taken.add(this.waiting.remove());
				bytes += next.bytes().remaining();
			}
			this.flying = taken;
			return this.ending && this.waiting.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(Throwable cause) {
		List<Waiting> left = new ArrayList<>(this.flying);
		this.lock.lock();
		try {
			this.ended = true;
			left.addAll(this.waiting);
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		left.forEach((each) -> each.sent().failed(cause));
	}

	private static ByteBuffer gathered(List<ByteBuffer> parts) {
		if (parts.size() == 1) {
			return parts.getFirst();
		}
		ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
		parts.forEach(whole::put);
		return whole.flip();
	}

	private record Waiting(ByteBuffer bytes, Callback sent) {
	}

}
