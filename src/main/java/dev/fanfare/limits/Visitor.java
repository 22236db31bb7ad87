package dev.fanfare.limits;

import java.time.Duration;
import java.util.List;

import dev.fanfare.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Stand for where a request comes from, which counts beside who its caller is: guests are
 * limited by their address, users by their name.
 * <p>
 * Threads may call it freely. Nothing here limits the application itself.
 */
public sealed class Visitor permits Seat {

	private final Limits limits;

	private final @Nullable Address address;

	private final Duration patience;

	/**
	 * Let somebody in.
	 * @param address where from; unknown where no limit is for it
	 * @param patience how long it may be held up rather than refused
	 */
	Visitor(Limits limits, @Nullable Address address, Duration patience) {
		this.limits = limits;
		this.address = address;
		this.patience = patience;
	}

	/**
	 * Count a request.
	 * @throws LimitReached if there are too many
	 */
	public void requests(Caller caller) {
		this.limits.take(Kind.HTTP_REQUESTS, caller, this, 1, List.of());
	}

	/**
	 * Require that not too much was {@linkplain #guesses shown} from there that is not
	 * valid.
	 * @throws LimitReached if it was, as much as a guest may ask
	 */
	public void requireTrusted() {
		Allowance left = this.limits.guesses(this.address);
		if (left != null) {
			this.limits.told(() -> {
				left.requireLeft();
				return left;
			});
		}
	}

	/** Tell whether {@link #requireTrusted} lets it pass, and count nothing. */
	public boolean isTrusted() {
		Allowance left = this.limits.guesses(this.address);
		return left == null || left.isLeft();
	}

	/** Count a token or key that let nobody in. */
	public void guesses() {
		Allowance left = this.limits.guesses(this.address);
		if (left != null) {
			left.charge();
		}
	}

	/**
	 * Count publications, and wait a little where that makes up for being too fast.
	 * @param topics what the topics allow, once for each publication
	 * @throws LimitReached if there are too many
	 */
	public void publishes(Caller caller, int count, List<Allowance> topics) {
		this.limits.take(Kind.PUBLISHES, caller, this, count, topics);
	}

	/**
	 * Count bytes that came in, and wait a little where that makes up for being too fast.
	 * @throws LimitReached if there are too many
	 */
	public void receives(Caller caller, long bytes) {
		this.limits.take(Kind.BYTES_IN, caller, this, bytes, List.of());
	}

	/**
	 * Count bytes that went out, without waiting.
	 * @throws LimitReached if there are so many that it would have to wait for long
	 */
	public void sends(Caller caller, long bytes) {
		this.limits.note(Kind.BYTES_OUT, caller, this, bytes);
	}

	/**
	 * Count a subscription.
	 * @return to be closed when it ends
	 * @throws LimitReached if there are as many as may be
	 */
	public Hold subscribes(Caller caller) {
		return this.limits.hold(Kind.SUBSCRIPTIONS, caller, this);
	}

	/** Count what it has the node keep until it ends it. */
	public Kept keeps() {
		return new Kept(this.limits, this.address);
	}

	@Nullable Address address() {
		return this.address;
	}

	Duration patience() {
		return this.patience;
	}

	/** Return what it may do by itself, beside what its user or address may. */
	@Nullable Allowance own(Kind kind) {
		return null;
	}

}
