package dev.fanfare.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.fanfare.limits.Address;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * Let in connections at the pace at which the server gets round to them: <pre>
 *   knocking --accept--&gt; waiting --first request handled--&gt; in
 *   (the operating system's queue)
 * </pre> When as many are waiting as may be, none is accepted until half of them are in.
 * So thousands that come back at once wait where they cost nothing, and the frames of
 * those who are in have few requests before them. Clients that say nothing count for a
 * tenth of a second, and those of an address that did so lately not at all: they hold up
 * nobody. {@link Doorstep} tells who they are, and who has waited for too long with half
 * of a request.
 */
final class Admission extends Handler.Wrapper implements SelectorManager.AcceptListener {

	/** How long who says nothing counts. */
	private static final Duration PATIENCE = Duration.ofMillis(100);

	/** How often those are looked for who wait for too long. */
	private static final Duration ROUND = Duration.ofSeconds(1);

	private final ServerConnector connector;

	private final Doorstep doorstep = new Doorstep();

	private final int most;

	private final Duration requestTimeout;

	/** Whether a round is to come. */
	private final AtomicBoolean rounds = new AtomicBoolean();

	private final Duration patience;

	/** Guards what follows, and whether the connector accepts. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Those who are waiting, with when they came. */
	private final Map<Object, Long> waiting = new HashMap<>();

	private boolean shut;

	private Admission(ServerConnector connector, int most, Duration requestTimeout, Duration patience) {
		this.connector = connector;
		this.most = most;
		this.requestTimeout = requestTimeout;
		this.patience = patience;
	}

	/**
	 * Have a connector let in so many at a time, before its server starts.
	 * @param requestTimeout how long each has for its first request
	 */
	static void limit(ServerConnector connector, int most, Duration requestTimeout) {
		limit(connector, most, requestTimeout, PATIENCE);
	}

	static void limit(ServerConnector connector, int most, Duration requestTimeout, Duration patience) {
		Admission admission = new Admission(connector, most, requestTimeout, patience);
		connector.addEventListener(admission);
		connector.getServer().insertHandler(admission);
	}

	@Override
	public void onAccepting(SelectableChannel channel) {
		long now = System.nanoTime();
		Address from = address(channel);
		close(this.doorstep.makeRoom(now), "Others came");
		if (from == null || !this.doorstep.arrives(channel, from, now)) {
			// Jetty notices when it turns to it.
			IO.close(channel);
			return;
		}
		goRound();
		if (this.doorstep.isSuspect(from, now)) {
			return;
		}
		this.lock.lock();
		try {
			this.waiting.put(channel, now);
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
		isGone(channel);
	}

	@Override
	public void onClosed(SelectableChannel channel) {
		isGone(channel);
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		Object channel = channel(request.getConnectionMetaData().getConnection().getEndPoint());
		boolean first = this.doorstep.asks(channel);
		Request.addCompletionListener(request, (failure) -> isAnswered(channel, response));
		try {
			return super.handle(request, response, callback);
		}
		finally {
			// The lock is for all connections, and the others have been let in before.
			if (first) {
				isIn(channel);
			}
		}
	}

	/** Return what was accepted: with TLS, an end point is on top of another one. */
	private static Object channel(EndPoint endPoint) {
		Object transport = endPoint.getTransport();
		while (transport instanceof EndPoint inner) {
			transport = inner.getTransport();
		}
		return transport;
	}

	private void isAnswered(Object channel, Response response) {
		long now = System.nanoTime();
		if (response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
			this.doorstep.gone(channel, now);
		}
		else {
			this.doorstep.answered(channel, now);
		}
	}

	private void isGone(Object channel) {
		this.doorstep.gone(channel, System.nanoTime());
		isIn(channel);
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

	/** Look after who is silent as long as there is anybody. */
	private void goRound() {
		if (!this.rounds.get() && this.rounds.compareAndSet(false, true)) {
			this.connector.getScheduler().schedule(this::round, ROUND.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void round() {
		this.rounds.set(false);
		// What is half a request for the idle timeout is quiet here.
		Duration next = Duration.ofMillis(this.connector.getIdleTimeout()).plus(this.requestTimeout);
		close(this.doorstep.overdue(System.nanoTime(), this.requestTimeout, next), "No request came in time");
		if (this.doorstep.size() > 0) {
			goRound();
		}
	}

	private void close(List<Object> channels, String why) {
		if (channels.isEmpty()) {
			return;
		}
		Set<Object> closing = new HashSet<>(channels);
		for (EndPoint endPoint : this.connector.getConnectedEndPoints()) {
			if (closing.remove(endPoint.getTransport())) {
				endPoint.close(new TimeoutException(why));
			}
		}
		// Those have been accepted just now.
		closing.forEach((channel) -> IO.close((SelectableChannel) channel));
	}

	/** Return where a client comes from, unless it has gone again. */
	private static @Nullable Address address(SelectableChannel channel) {
		try {
			return (channel instanceof SocketChannel socket
					&& socket.getRemoteAddress() instanceof InetSocketAddress remote) ? Address.of(remote.getAddress())
							: null;
		}
		catch (IOException ex) {
			return null;
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
