package dev.fanfare.broker;

import java.time.Duration;

import dev.fanfare.topic.ErrorType;
import dev.fanfare.topic.Refusal;

/**
 * State that more is being published than readers can be sent; trying again later is
 * right.
 */
public final class Overloaded extends Refusal {

	Overloaded(Duration waited) {
		super(ErrorType.OVERLOADED,
				"More is being published than can be delivered: no room within %d ms. Try again later."
					.formatted(waited.toMillis()));
	}

}
