package dev.fanfare.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.fanfare.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Be the place of one connection: counted from the handshake until it is closed, for its
 * address, the node and, once that is known, its user.
 */
public final class Seat extends Visitor implements AutoCloseable {

	private final Limits limits;

	private final Map<Kind, Allowance> own;

	/** What is counted; guarded by this object's monitor, as whether it is closed. */
	private Hold held;

	private boolean closed;

	private volatile Caller caller = new Caller.Guest();

	Seat(Limits limits, @Nullable Address address, Duration patience, Map<Kind, Allowance> own, Hold held) {
		super(limits, address, patience);
		this.limits = limits;
		this.own = own.isEmpty() ? Map.of() : new EnumMap<>(own);
		this.held = held;
	}

	/**
	 * Count the connection for its user as well, now that it is known who that is.
	 * @throws LimitReached if the user has as many as may be
	 */
	public void is(Caller known) {
		Hold more = this.limits.holdConnection(known);
		synchronized (this) {
			if (!this.closed) {
				this.held = this.held.and(more);
				this.caller = known;
				return;
			}
		}
		more.close();
	}

	/**
	 * Count bytes that came in over the connection.
	 * @throws LimitReached if there are too many
	 */
	public void receives(long bytes) {
		receives(this.caller, bytes);
	}

	/**
	 * Count bytes that went out over the connection.
	 * @throws LimitReached if there are too many
	 */
	public void sends(long bytes) {
		sends(this.caller, bytes);
	}

	@Override
	@Nullable Allowance own(Kind kind) {
		return this.own.get(kind);
	}

	/** Give the place back; doing so again does nothing. */
	@Override
	public void close() {
		Hold all;
		synchronized (this) {
			this.closed = true;
			all = this.held;
		}
		all.close();
	}

}
