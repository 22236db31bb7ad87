package dev.fanfare.limits;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.topic.Rate;

/**
 * Keep an {@link Allowance} of the same rate for everybody who used one lately.
 * <p>
 * Who has not for as long as it takes to be allowed a whole burst again is forgotten:
 * nothing is lost by that. Nobody is forgotten sooner to make room, or whoever has many
 * addresses would push his own used allowance out and get a fresh one. Instead, when as
 * many are kept as may be, those who come then share a few: <pre>
 *   kept    a b c ... z            one each, until they have been quiet
 *   shared  [k7 k9] [] [k8] ...    those who came when there was no room, by their hash
 * </pre>
 *
 * @param <K> who has one, a value
 */
public final class Allowances<K> {

	/** How many are shared by all who find no room. */
	private static final int SHARED = 64;

	/** More than the time to refill, for those who took more than a burst. */
	private static final Duration MARGIN = Duration.ofSeconds(10);

	private final Supplier<Allowance> fresh;

	private final int most;

	private final Cache<K, Allowance> kept;

	private final List<Allowance> shared;

	Allowances(Supplier<Allowance> fresh, Rate rate, int most) {
		this.fresh = fresh;
		this.most = most;
		this.kept = Caffeine.newBuilder()
			.expireAfterAccess(rate.refill().multipliedBy(2).plus(MARGIN))
			.executor(Runnable::run)
			.build();
		this.shared = Stream.generate(fresh).limit(SHARED).toList();
	}

	/** Find or make the one of somebody. */
	public Allowance of(K key) {
		Allowance known = this.kept.getIfPresent(key);
		if (known != null) {
			return known;
		}
		return isFull() ? this.shared.get(Math.floorMod(spread(key.hashCode()), SHARED))
				: this.kept.get(key, (newcomer) -> this.fresh.get());
	}

	/** Return how many are kept, about. */
	long size() {
		return this.kept.estimatedSize();
	}

	private boolean isFull() {
		if (this.kept.estimatedSize() < this.most) {
			return false;
		}
		this.kept.cleanUp();
		return this.kept.estimatedSize() >= this.most;
	}

	private static int spread(int hash) {
		return (hash * 0x9E3779B9) >>> 16;
	}

}
