package dev.fanfare.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.fanfare.topic.Rate;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

/**
 * Hold what all of one sort, all users for instance, may have and do, and what each has
 * and does.
 *
 * @param <K> tells them apart, a value
 */
final class Scope<K> {

	/** When to come back who met a bound that goes when somebody else leaves. */
	private static final Duration LATER = Duration.ofSeconds(5);

	private final String name;

	private final Map<Kind, Headcount<K>> headcounts = new EnumMap<>(Kind.class);

	private final Map<Kind, Allowances<K>> allowances = new EnumMap<>(Kind.class);

	/**
	 * Set no limit yet.
	 * @param name the word of the settings, such as {@code user}
	 */
	Scope(String name) {
		this.name = name;
	}

	/** Let each have so many at once, any number if it is 0. */
	Scope<K> most(Kind kind, int most) {
		if (most > 0) {
			this.headcounts.put(kind, new Headcount<>(most));
		}
		return this;
	}

	/** Let each do so much in a time, if that is a limit. */
	Scope<K> rate(Kind kind, Rate rate, int tracked, TimeMeter clock) {
		if (rate.isLimit()) {
			String limit = limit(kind);
			this.allowances.put(kind, new Allowances<>(
					() -> new Allowance(limit, "fanfare.limits." + limit, kind, rate, clock), rate, tracked));
		}
		return this;
	}

	/**
	 * Count one more.
	 * @return gives it back; does nothing where there is no limit
	 * @throws LimitReached if there are as many as may be
	 */
	Hold hold(Kind kind, K key) {
		Headcount<K> headcount = this.headcounts.get(kind);
		if (headcount == null) {
			return Hold.NOTHING;
		}
		if (!headcount.take(key)) {
			throw LimitReached.ofCount(this.name, kind, headcount.most(), LATER);
		}
		return new Hold(() -> headcount.release(key));
	}

	/** Return what somebody may do in a time, if that is limited. */
	@Nullable Allowance allowance(Kind kind, K key) {
		Allowances<K> of = this.allowances.get(kind);
		return (of != null) ? of.of(key) : null;
	}

	/** Return how many somebody has. */
	int count(Kind kind, K key) {
		Headcount<K> headcount = this.headcounts.get(kind);
		return (headcount != null) ? headcount.count(key) : 0;
	}

	/**
	 * Return the name of a limit for metrics and messages, such as {@code user.connects}.
	 */
	String limit(Kind kind) {
		return this.name + "." + kind.word();
	}

	/** Tell whether there is a limit. */
	boolean limits(Kind kind) {
		return this.headcounts.containsKey(kind) || this.allowances.containsKey(kind);
	}

}
