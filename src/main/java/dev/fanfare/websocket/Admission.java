package dev.fanfare.websocket;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Let in connections at the pace at which the server gets round to them: <pre>
 *   knocking --accept--&gt; waiting --first request handled--&gt; in
 *   (the operating system's queue)
 * </pre> When as many are waiting as may be, none is accepted until half of them are in.
 * So thousands that come back at once wait where they cost nothing, and the frames of
 * those who are in have few requests before them. Clients that say nothing count for a
 * tenth of a second: they can slow others down, and not keep them out.
 */
final class Admission extends Handler.Wrapper implements SelectorManager.AcceptListener {

	/** How long who says nothing counts. */
	private static final Duration PATIENCE = Duration.ofMillis(100);

	private final ServerConnector connector;

	private final int most;

	private final Duration patience;

	/** Guards what follows, and whether the connector accepts. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Those who are waiting, with when they came. */
	private final Map<Object, Long> waiting = new HashMap<>();

	private boolean shut;

	private Admission(ServerConnector connector, int most, Duration patience) {
		this.connector = connector;
		this.most = most;
		this.patience = patience;
	}

	/** Have a connector let in so many at a time, before its server starts. */
	static void limit(ServerConnector connector, int most) {
		limit(connector, most, PATIENCE);
	}

	static void limit(ServerConnector connector, int most, Duration patience) {
		Admission admission = new Admission(connector, most, patience);
		connector.addEventListener(admission);
		connector.getServer().insertHandler(admission);
	}

	@Override
	public void onAccepting(SelectableChannel channel) {
		this.lock.lock();
		try {
			this.waiting.put(channel, System.nanoTime());
			if (!this.shut && this.waiting.size() >= this.most) {
				this.shut = true;
				this.connector.setAccepting(false);
				lookLater();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
		isIn(channel);
	}

	@Override
	public void onClosed(SelectableChannel channel) {
		isIn(channel);
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		try {
			return super.handle(request, response, callback);
		}
		finally {
			isIn(request.getConnectionMetaData().getConnection().getEndPoint().getTransport());
		}
	}

	private void isIn(Object channel) {
		this.lock.lock();
		try {
			if (this.waiting.remove(channel) != null) {
				reopen();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void reopen() {
		if (this.shut && this.waiting.size() <= this.most / 2) {
			this.shut = false;
			this.connector.setAccepting(true);
		}
	}

	private void lookLater() {
		this.connector.getScheduler()
			.schedule(this::forgetTheSilent, this.patience.toMillis() / 10, TimeUnit.MILLISECONDS);
	}

	private void forgetTheSilent() {
		this.lock.lock();
		try {
			long now = System.nanoTime();
			this.waiting.values().removeIf((since) -> now - since > this.patience.toNanos());
			reopen();
			if (this.shut) {
				lookLater();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
